"""Lives the life of an instance again from its journal alone: nothing is looked up, no block is performed.

The journal holds what the instance was told (`told`); the same core makes of it the same state, the same values and
the same entries, or something is wrong: with the journal, with what is stored, or with the core.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext

from potok.engine import run, values
from potok.engine.problems import Problems
from potok.engine.run.carrying import carried
from potok.engine.run.migrating import Migrated, Plan, migrate
from potok.engine.values import Value
from potok.kit.words import _
from potok.processes import migrating, told
from potok.processes.memory import Memory, in_company_language
from potok.processes.published import Published
from potok.processes.signing import MERGED, OPERATED, PARTED
from potok.processes.turn import Claimed

MIGRATED = "migrated"
UNRECORDED, INCOMPLETE = "unrecorded", "incomplete"
SENTENCES: Mapping[str, str] = {
    UNRECORDED: _("Line {line} does not say what the process was told: it was written before that was kept."),
    INCOMPLETE: _("Line {line} of the journal is not kept any more."),
    "unanswered": _("Line {line}: the process asked for {ask}, and its journal has no answer."),
    "broken": _("Line {line} cannot be told again: {why}."),
    "entries": _("Line {line} says {kept}; what the process was told leads to {folded}."),
    "version": _("The process follows version {kept}; its journal leads to version {folded}."),
    "state": _("The process stands so: {kept}; its journal leads to: {folded}."),
    "values": _("“{name}” is {kept}; the journal leads to {folded}."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal as it is kept."""

    number: int
    at: datetime
    entries: str
    told: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the journal and what is stored part for the first time."""

    code: str
    fields: Mapping[str, object]

    @property
    def is_gap(self) -> bool:
        """Tell whether nothing is wrong, but the journal does not hold enough."""
        return self.code in (UNRECORDED, INCOMPLETE)

    def sentence(self) -> str:
        """Say it in words."""
        return gettext(SENTENCES[self.code]).format(**self.fields)


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of an instance: its row as it is claimed, its values, those of its items by scope."""

    claimed: Claimed
    local: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Folded:
    """What a journal leads to, up to the first difference if there is one."""

    version: int
    state: run.State | None
    values: Mapping[str, Any]  # JSON, by source and name
    local: Mapping[int, Mapping[str, Any]]
    difference: Difference | None = None


class Archive(Protocol):
    """Where the versions lie that instances followed, and the ways on which they were moved between them."""

    def version(self, id: int) -> Published: ...
    def migration(self, id: int) -> tuple[Published, Published, Plan]: ...


def fold(stored: Stored, lines: Iterable[Line], *, archive: Archive) -> Folded:
    """Fold a journal, the oldest line first, and compare with what is stored."""
    kept = list(lines)
    record = next((was for line in kept for was, _now in _records(line)), stored.claimed.record_id)
    life = _Life(archive, replace(stored.claimed, record_id=record, state=b"", data=b"", wakes=[], constants={}))
    try:
        for place, line in enumerate(kept, start=1):
            if line.number != place:
                raise _Differs(INCOMPLETE, line=place)
            life.live(line)
        if stored.claimed.lines != life.lines:
            raise _Differs(INCOMPLETE, line=life.lines + 1)
        _compare(life, stored)
    except _Differs as found:
        return life.folded(found.difference)
    return life.folded(None)


def _records(line: Line) -> Iterator[tuple[int, int]]:
    """From which record to which the instance was moved, because the two became one or two again."""
    if OPERATED in line.entries:
        for what, _node, _token, detail in json.loads(line.entries):
            if what == OPERATED and detail["did"] in (MERGED, PARTED):
                yield detail["was"], detail["record"]


class _Differs(Exception):  # noqa: N818
    def __init__(self, code: str, **about: object) -> None:
        super().__init__(code)
        self.difference = Difference(code, about)


@dataclass(eq=False)
class _Life:
    """The instance as it stands after so many lines."""

    archive: Archive
    claimed: Claimed
    local: dict[int, bytes] = field(default_factory=dict)
    lines: int = 0

    @property
    def state(self) -> run.State | None:
        return run.State.decode(self.claimed.state) if self.claimed.state else None

    def folded(self, difference: Difference | None) -> Folded:
        local = {scope: json.loads(data) for scope, data in sorted(self.local.items())}
        return Folded(self.claimed.version, self.state, json.loads(self.claimed.data or b"{}"), local, difference)

    def live(self, line: Line) -> None:
        entries, items = json.loads(line.entries), json.loads(line.told or "[]")
        self.lines = line.number
        for _was, record in _records(line):
            self.claimed.record_id = record
        if not items and any(what != OPERATED for what, *_ in entries):
            raise _Differs(UNRECORDED, line=line.number)
        try:
            written = self._turn(items, entries, line)
        except (KeyError, ValueError, TypeError, LookupError) as broken:
            raise _Differs("broken", line=line.number, why=f"{type(broken).__name__} {broken}") from broken
        if items:
            _compare_entries(written, entries, line)

    def _turn(self, items: list[told.Item], entries: Sequence[Any], line: Line) -> list[run.Entry]:
        match items:
            case []:
                return []
            case [[told.MIGRATED, int(migration)]]:
                return self._cross(migration, line)
        for item in items:
            if item[0] == told.BEGAN:
                self._begin(item[1], told.inputs(item[2]))
        turn = _Turn(self, line, entries)
        for item in items:
            turn.tell(item)
        turn.close()
        return turn.written

    def _begin(self, version: int, inputs: Mapping[str, Value]) -> None:
        plain = {"Template": {name: values.encode(value) for name, value in inputs.items()}} if inputs else {}
        self.claimed.version, self.claimed.data = version, migrating.written(plain)

    def _cross(self, migration: int, line: Line) -> list[run.Entry]:
        old, new, plan = self.archive.migration(migration)
        state = self.state
        kept = carried(json.loads(self.claimed.data or b"{}"), old.graph, new.graph, plan)
        answer = migrate(state, old.graph, new.graph, plan) if state else Migrated(run.State())
        if isinstance(kept, Problems) or isinstance(answer, Problems):
            raise _Differs("broken", line=line.number, why=f"migration {migration}")
        names = migrating.new_names(plan, old=old.graph, new=new.graph)
        self.local = {scope: migrating.renamed(data, names) for scope, data in self.local.items()}
        self.claimed.version = new.id
        if state is not None:
            self.claimed.state, self.claimed.data = answer.state.encode(), migrating.written(kept)
        return [*answer.journal] or [run.Entry(MIGRATED, 0, 0)]


class _Turn:
    """One line: what its events lead to, as a turn does when it is lived for the first time."""

    def __init__(self, life: _Life, line: Line, entries: Sequence[Any]) -> None:
        self.life, self.line, self.entries = life, line, entries
        self.state = life.state
        life.claimed.at = line.at
        self.version = life.archive.version(life.claimed.version)
        newest = self.state.sequence if self.state else 0
        self.memory = Memory(life.claimed, version=self.version, constants={}, newest=newest)
        self.context = self.memory.context
        self.lent: dict[run.Ask, Value] = {}
        self.written: list[run.Entry] = []

    def tell(self, item: told.Item) -> None:
        if item[0] == told.NAMED:
            self.lent |= told.looked(item)
        elif item[0] in (told.LOOKED, told.SHARED, told.WORKED):
            self.memory.outside |= told.looked(item)
        else:
            self._step(run.Continued() if item[0] == told.BEGAN else told.event(item, self.entries))

    def _step(self, event: run.Event) -> None:
        step = self._told(event)
        self._load(each.scope for each in step.assigned)
        self.state = step.state
        self.memory.keep(step.assigned)
        self.written += [told.with_results(entry, event) for entry in step.journal]
        for effect in step.effects:
            if isinstance(effect, run.Forget):
                self.memory.forget(effect.scopes)

    def _told(self, event: run.Event) -> run.Step:
        graph, look, context, says = self.version.graph, self._look, self.context, in_company_language
        while True:
            if self.state is None:
                answer = run.start(graph, self.memory.inputs, look=look, context=context, translate=says)
            else:
                answer = run.advance(graph, self.state, event, look=look, context=context, translate=says)
            if isinstance(answer, run.Step):
                return answer
            for ask in answer.asks:
                if not isinstance(ask, run.Named):
                    raise _Differs("unanswered", line=self.line.number, ask=ask)
            self._load(each.scope for each in answer.asks if isinstance(each, run.Named))

    def _look(self, ask: run.Ask) -> Value:
        return self.lent[ask] if ask in self.lent else self.memory.look(ask)

    def _load(self, scopes: Iterable[int]) -> None:
        absent = self.memory.unloaded(scopes)
        self.memory.learn(absent, self.life.local)

    def close(self) -> None:
        life, data = self.life, self.memory.data()
        if self.state is not None:
            life.claimed.state = self.state.encode()
        if data is not None:
            life.claimed.data = data
        kept = {**life.local, **self.memory.local()}
        is_over = self.state is not None and self.state.ended
        life.local = {} if is_over else {scope: held for scope, held in kept.items() if held is not None}


def _compare_entries(written: Sequence[run.Entry], kept: Sequence[Any], line: Line) -> None:
    plain = json.loads(json.dumps(written, default=values.encode))
    for mine, theirs in zip(_bare(plain), _bare(kept), strict=False):
        if mine != theirs:
            raise _Differs("entries", line=line.number, kept=_json(theirs), folded=_json(mine))
    if len(plain) != len(kept):
        raise _Differs("entries", line=line.number, kept=len(kept), folded=len(plain))


def _bare(entries: Sequence[Any]) -> list[Any]:
    # Who moved an instance is written by the shell.
    return [[*entry[:3], None] if entry[0] == MIGRATED else entry for entry in entries]


def _compare(life: _Life, stored: Stored) -> None:
    row = stored.claimed
    if not row.state and life.state is None:
        return
    if row.version != life.claimed.version:
        raise _Differs("version", kept=row.version, folded=life.claimed.version)
    if bytes(row.state) != life.claimed.state:
        raise _Differs("state", kept=bytes(row.state).decode(), folded=life.claimed.state.decode())
    _compare_values(json.loads(bytes(row.data) or b"{}"), json.loads(life.claimed.data or b"{}"))
    for scope in sorted({*stored.local, *life.local}):
        kept, mine = (json.loads(bytes(each.get(scope, b"{}"))) for each in (stored.local, life.local))
        _compare_values(kept, mine, within=f"{scope}:")


def _compare_values(kept: Mapping[str, Any], folded: Mapping[str, Any], *, within: str = "") -> None:
    for source in sorted({*kept, *folded}):
        here, there = kept.get(source, {}), folded.get(source, {})
        for name in sorted({*here, *there}):
            if here.get(name) != there.get(name):
                about = f"{within}{source}:{name}"
                raise _Differs("values", name=about, kept=_json(here.get(name)), folded=_json(there.get(name)))


_json: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
