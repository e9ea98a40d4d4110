"""What happens in a trial besides the process itself: who answers what, what changes, from which moment on. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from potok.engine import values
from potok.kit.errors import Refusals, Refused, refusal
from potok.kit.words import _

LONG = timedelta(days=3660)
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
PERIOD = re.compile(r"(\d{1,6})\s*([mhdw])")

WRONG_PERIOD = refusal("processes.trial.period", _("“{value}” is no period. Write it as 30m, 4h, 2d or 1w."))
WRONG_SCRIPT = refusal("processes.trial.script", _("“{value}” has no place in a trial. Known are: {known}."))
WRONG_PERSON = refusal("processes.trial.person", _("“{value}” is no person. Give the number of one."))
WRONG_MOMENT = refusal("processes.trial.moment", _("“{value}” is no moment. Write it as 2026-11-23T10:00:00+03:00."))


@dataclass(frozen=True, slots=True)
class Reply:
    """How a pretend person answers an assignment, so long after it came; an empty answer is the first one offered."""

    answer: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something from outside, so long after the start: fields of the record change, a message comes, or a person does
    his part at a `step`: he answers with the `reply`, gives its command, completes its task. `by` says who."""

    after: timedelta
    changes: Mapping[str, Any] = field(default_factory=dict)
    message: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    step: str = ""
    reply: Reply = field(default_factory=Reply)
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A trial to be made again at any time with the same result.

    `begins` is the moment at which it starts, `initiator` who starts it, `record` the values of the sample record,
    `inputs` what the start form gives. `replies` says by step how each visit is answered, the last for all further
    ones; steps in `silent` nobody answers, so that their time runs out. `by_hand` nobody does anything but what is said
    here. `until` is for how long it lasts, if not to its end.
    """

    begins: datetime | None = None
    initiator: int | None = None
    record: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)
    replies: Mapping[str, tuple[Reply, ...]] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    meanwhile: tuple[Occurrence, ...] = ()
    by_hand: bool = False
    until: timedelta | None = None

    def reply(self, step: str, *, visit: int) -> Reply | None:
        """How the visit of a step, counted from 0, is answered; None when nobody answers."""
        given = self.replies.get(step, ())
        if step in self.silent or (self.by_hand and not given):
            return None
        return given[min(visit, len(given) - 1)] if given else Reply()

    def plain(self) -> dict[str, Any]:
        """The script as JSON; what is usual is left out."""
        whole = {
            "begins": self.begins.isoformat() if self.begins else None,
            "initiator": self.initiator,
            "record": dict(self.record),
            "inputs": dict(self.inputs),
            "replies": {step: [_reply(one) for one in given] for step, given in self.replies.items()},
            "silent": sorted(self.silent),
            "meanwhile": [_occurrence(one) for one in self.meanwhile],
            "by_hand": self.by_hand,
            "until": "" if self.until is None else _spelled(self.until),
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


def live(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values that a script holds: what the engine has written there as itself again, the rest as it is."""
    return {name: _live(value) for name, value in given.items()}


def _live(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_live(item) for item in plain]
    if isinstance(plain, Mapping):
        with suppress(KeyError, TypeError, ValueError):
            return values.decode(dict(plain))
    return plain


def _spelled(lasting: timedelta) -> str:
    days, rest = divmod(lasting, timedelta(days=1))
    minutes = int(rest.total_seconds() // 60)
    return " ".join(part for part in (f"{days}d" if days else "", f"{minutes}m" if minutes or not days else "") if part)


def _reply(one: Reply) -> dict[str, Any]:
    after = _spelled(one.after) if one.after else ""
    whole = {"answer": one.answer, "values": dict(one.values), "comment": one.comment, "after": after}
    return {name: value for name, value in whole.items() if value}


def _occurrence(one: Occurrence) -> dict[str, Any]:
    whole = {"changes": dict(one.changes), "message": one.message, "payload": dict(one.payload), "step": one.step,
             "reply": _reply(one.reply), "by": one.by}  # fmt: skip
    return {"after": _spelled(one.after), **{name: value for name, value in whole.items() if value}}


class _Reader:
    """Reads part by part and goes on after a complaint."""

    def __init__(self) -> None:
        self.found: list[Refused] = []

    def script(self, plain: Mapping[str, Any]) -> Script:
        plain = self.known(plain, "", SCRIPT)
        replies = self.mapping(plain.get("replies"), "replies")
        return Script(
            begins=self.moment(plain.get("begins")),
            initiator=self.person(plain.get("initiator"), "initiator"),
            record=self.mapping(plain.get("record"), "record"),
            inputs=self.mapping(plain.get("inputs"), "inputs"),
            replies={
                str(step): tuple(self.reply(one, f"replies.{step}") for one in _listed(given))
                for step, given in replies.items()
            },
            silent=frozenset(map(str, _listed(plain.get("silent")))),
            meanwhile=tuple(self.occurrence(one) for one in _listed(plain.get("meanwhile"))),
            by_hand=bool(plain.get("by_hand")),
            until=self.period(plain["until"], "until") if plain.get("until") else None,
        )

    def reply(self, plain: Any, place: str) -> Reply:
        given = self.known({"answer": plain} if isinstance(plain, str) else plain, place, REPLY)
        values = self.mapping(given.get("values"), f"{place}.values")
        after = self.period(given.get("after", ""), f"{place}.after")
        return Reply(str(given.get("answer", "")), values, str(given.get("comment", "")), after)

    def occurrence(self, plain: Any) -> Occurrence:
        given = self.known(plain, "meanwhile", OCCURRENCE)
        return Occurrence(
            after=self.period(given.get("after", ""), "meanwhile.after"),
            changes=self.mapping(given.get("changes"), "meanwhile.changes"),
            message=str(given.get("message", "")),
            payload=self.mapping(given.get("payload"), "meanwhile.payload"),
            step=str(given.get("step", "")),
            reply=self.reply(given.get("reply") or {}, "meanwhile.reply"),
            by=self.person(given.get("by"), "meanwhile.by"),
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
            refused.place = place
            self.found.append(refused)
            return timedelta()

    def person(self, given: Any, place: str) -> int | None:
        if given in (None, "") or str(given).isdecimal():
            return int(given) if given else None
        self.found.append(WRONG_PERSON(place=place, value=given))
        return None

    def moment(self, text: Any) -> datetime | None:
        if not text:
            return None
        try:
            read = text if isinstance(text, datetime) else datetime.fromisoformat(str(text))
            return read.astimezone()
        except ValueError:
            self.found.append(WRONG_MOMENT(place="begins", value=text))
            return None


SCRIPT = ("begins", "initiator", "record", "inputs", "replies", "silent", "meanwhile", "by_hand", "until")
OCCURRENCE = ("after", "changes", "message", "payload", "step", "reply", "by")
REPLY = ("answer", "values", "comment", "after")


def _listed(plain: Any) -> list[Any]:
    return list(plain) if isinstance(plain, list | tuple) else [] if plain is None else [plain]
