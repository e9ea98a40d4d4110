"""What happens in a trial besides the process itself: who answers what, what changes, from which moment on. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from potok.kit.errors import Refusals, Refused, refusal
from potok.kit.words import _

LONG = timedelta(days=3660)
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
PERIOD = re.compile(r"(\d{1,6})\s*([mhdw])")

WRONG_PERIOD = refusal("processes.trial.period", _("“{value}” is no period. Write it as 30m, 4h, 2d or 1w."))
WRONG_SCRIPT = refusal("processes.trial.script", _("“{value}” has no place in a trial. Known are: {known}."))
WRONG_MOMENT = refusal("processes.trial.moment", _("“{value}” is no moment. Write it as 2026-11-23T10:00:00+03:00."))


@dataclass(frozen=True, slots=True)
class Reply:
    """How a pretend person answers an assignment, so long after it came; an empty answer is the first one offered."""

    answer: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Turn:
    """Something from outside, so long after the start: fields of the record change, or a message comes."""

    after: timedelta
    changes: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Script:
    """A trial to be made again at any time with the same result.

    `begins` is the moment at which it starts, `record` the values of the sample record, `inputs` what the start form
    gives. `replies` says by step how each visit is answered, the last for all further ones; steps in `silent` nobody
    answers, so that their time runs out.
    """

    begins: datetime | None = None
    record: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    replies: Mapping[str, tuple[Reply, ...]] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    turns: tuple[Turn, ...] = ()

    def reply(self, step: str, *, visit: int) -> Reply | None:
        """How the visit of a step, counted from 0, is answered; None when nobody answers."""
        if step in self.silent:
            return None
        given = self.replies.get(step, ())
        return given[min(visit, len(given) - 1)] if given else Reply()

    def plain(self) -> dict[str, Any]:
        """The script as JSON; what is usual is left out."""
        whole = {
            "begins": self.begins.isoformat() if self.begins else None,
            "record": dict(self.record),
            "inputs": dict(self.inputs),
            "replies": {step: [_reply(one) for one in given] for step, given in self.replies.items()},
            "silent": sorted(self.silent),
            "turns": [_turn(one) for one in self.turns],
        }
        return {name: value for name, value in whole.items() if value}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Script:
        """Read a script from JSON or YAML; refuse with everything that is wrong in it."""
        reader = _Reader()
        read = reader.script(plain)
        if reader.found:
            raise Refusals(reader.found)
        return read


def period(text: str) -> timedelta:
    """Read `30m`, `4h`, `2d`, `1w`, or several: `1d 4h`."""
    parts = PERIOD.findall(text)
    if not parts or PERIOD.sub("", text).strip():
        raise WRONG_PERIOD(value=text)
    return min(sum((timedelta(**{UNITS[unit]: int(count)}) for count, unit in parts), timedelta()), LONG)


def _spelled(lasting: timedelta) -> str:
    return f"{int(lasting.total_seconds() // 60)}m"


def _reply(one: Reply) -> dict[str, Any]:
    after = _spelled(one.after) if one.after else ""
    whole = {"answer": one.answer, "values": dict(one.values), "comment": one.comment, "after": after}
    return {name: value for name, value in whole.items() if value}


def _turn(one: Turn) -> dict[str, Any]:
    whole = {"changes": dict(one.changes), "message": one.message, "payload": dict(one.payload)}
    return {"after": _spelled(one.after), **{name: value for name, value in whole.items() if value}}


class _Reader:
    """Reads part by part and goes on after a complaint."""

    def __init__(self) -> None:
        self.found: list[Refused] = []

    def script(self, plain: Mapping[str, Any]) -> Script:
        plain = self.known(plain, "", ("begins", "record", "inputs", "replies", "silent", "turns"))
        replies = self.mapping(plain.get("replies"), "replies")
        return Script(
            begins=self.moment(plain.get("begins")),
            record=self.mapping(plain.get("record"), "record"),
            inputs=self.mapping(plain.get("inputs"), "inputs"),
            replies={
                str(step): tuple(self.reply(one, f"replies.{step}") for one in _listed(given))
                for step, given in replies.items()
            },
            silent=frozenset(map(str, _listed(plain.get("silent")))),
            turns=tuple(self.turn(one) for one in _listed(plain.get("turns"))),
        )

    def reply(self, plain: Any, place: str) -> Reply:
        given = self.known({"answer": plain} if isinstance(plain, str) else plain, place, REPLY)
        values = self.mapping(given.get("values"), f"{place}.values")
        after = self.period(given.get("after", ""), place)
        return Reply(str(given.get("answer", "")), values, str(given.get("comment", "")), after)

    def turn(self, plain: Any) -> Turn:
        given = self.known(plain, "turns", ("after", "changes", "message", "payload"))
        return Turn(
            after=self.period(given.get("after", ""), "turns"),
            changes=self.mapping(given.get("changes"), "turns.changes"),
            message=str(given.get("message", "")),
            payload=self.mapping(given.get("payload"), "turns.payload"),
        )

    def known(self, plain: Any, place: str, names: tuple[str, ...]) -> Mapping[str, Any]:
        given = self.mapping(plain, place)
        for name in [name for name in given if name not in names]:
            self.found.append(WRONG_SCRIPT(place=place or str(name), value=name, known=", ".join(names)))
        return given

    def mapping(self, plain: Any, place: str) -> Mapping[str, Any]:
        if plain is None:
            return {}
        if not isinstance(plain, Mapping):
            self.found.append(WRONG_SCRIPT(place=place, value=plain, known="key: value"))
            return {}
        return plain

    def period(self, text: Any, place: str) -> timedelta:
        try:
            return period(str(text)) if text else timedelta()
        except Refused as refused:
            refused.place = f"{place}.after"
            self.found.append(refused)
            return timedelta()

    def moment(self, text: Any) -> datetime | None:
        if not text:
            return None
        try:
            read = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
            return read.astimezone()
        except ValueError:
            self.found.append(WRONG_MOMENT(place="begins", value=text))
            return None


REPLY = ("answer", "values", "comment", "after")


def _listed(plain: Any) -> list[Any]:
    return list(plain) if isinstance(plain, list | tuple) else [] if plain is None else [plain]
