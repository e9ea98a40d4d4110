"""The dry world: one moment after another happens for real, inside a transaction that is undone."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Min

from potok.engine import values
from potok.engine.run import State
from potok.engine.values import RecordRef
from potok.kit import clock, ids
from potok.kit.calls import Call, Cause
from potok.kit.errors import Refused
from potok.kit.events import current, gathered, savepoint
from potok.kit.operations import Operation
from potok.processes import published, starting, worker
from potok.processes.models import Incident, Instance, Ready, Standing, Timer, Variables
from potok.processes.operations.instances import typed_inputs
from potok.processes.queries.entries import entries_of
from potok.processes.queries.incidents import sentence_of
from potok.processes.queries.way import ahead
from potok.processes.rounds import What, real
from potok.processes.trial import people, telling
from potok.processes.trial.script import LONG, Script, Turn
from potok.processes.trial.telling import Line, Told
from potok.processes.world import Request
from potok.records import public as records

MOVES_MAX = 1_000  # so many things from outside; a trial that needs more goes round in circles
DOOR = "trial"
Move: TypeAlias = tuple[datetime, int, Callable[[], None]]


class _Undo(Exception):  # noqa: N818
    """Rolls everything back."""


def try_out(call: Call, *, version: int, script: Script) -> Told:
    """Let an instance of this version live through a script, to its end or until nothing more happens; leave no trace.

    The version may be one that the same transaction has only just made.
    """
    trial = Trial(call, published.version(version), script)
    with gathered(), suppress(_Undo), savepoint():
        trial.live()
        raise _Undo
    return trial.told


@dataclass(eq=False)
class Trial:
    """One run. Everybody in it sees its own clock, wound from moment to moment."""

    call: Call
    version: published.Published
    script: Script
    family: list[int] = field(default_factory=list)
    record: RecordRef | None = None
    gave_up: set[int] = field(default_factory=set)
    turns: list[Turn] = field(default_factory=list)
    done: list[tuple[int, Call]] = field(default_factory=list)

    def __post_init__(self) -> None:
        now = clock.now()
        self.told = Told(self.script.begins or now, now)
        self.turns = sorted(self.script.turns, key=lambda turn: turn.after)

    def live(self) -> None:
        self._wind_to(self.told.begins)
        self.record = self._sample()
        self._start()
        for _ in range(MOVES_MAX):
            self._serve()
            if not self.family or self._is_over() or not self._move():
                break
        self._conclude()

    # From one moment to the next.

    def _move(self) -> bool:
        """Let the next thing happen, whatever it is; False when nothing more will."""
        moves = [move for move in (*self._answers(), *self._scripted(), *self._timers()) if move is not None]
        at, _, happen = min(moves, key=lambda move: move[:2], default=NOTHING)
        # A task that a pretend person is to complete comes before the time runs out.
        if at > clock.now() and (step := people.helped(self.family, call=self._call())):
            self._note("answered", "done", step)
            current().settle()
            return True
        if at - self.told.begins > LONG:
            return False
        self._wind_to(at)
        happen()
        current().settle()
        return True

    def _answers(self) -> list[Move]:
        found: list[Move] = []
        for one in people.asked(self.family, gave_up=frozenset(self.gave_up)):
            at = people.moment(one, self.script)
            if at is not None:
                found.append((at, 0, lambda one=one: self._answer(one)))  # type: ignore[misc]
        return found

    def _answer(self, one: people.Asked) -> None:
        step = one.assignment.node
        try:
            with savepoint():
                said, _who = people.answer(one, self.script, call=self._call())
        except Refused as refused:
            self.gave_up.add(one.assignment.pk)
            self._note("incident", refused.sentence(), step)
            return
        if said:
            self._note("answered", said, step)
        else:
            self.gave_up.add(one.assignment.pk)

    def _scripted(self) -> list[Move]:
        if not self.turns:
            return []
        turn = self.turns[0]
        return [(self.told.begins + turn.after, 1, lambda: self._take(turn))]

    def _take(self, turn: Turn) -> None:
        self.turns.remove(turn)
        if turn.changes and self.record is not None:
            row = records.load([self.record])[self.record]
            records.verbs[self.record.type].change(self._call().by_system(), record=row, values=dict(turn.changes))
            self._note("changed", ", ".join(turn.changes))

    def _timers(self) -> list[Move]:
        """The next moment at which something falls due by itself; serving is all that is needed then."""
        dues = [rows.filter(instance_id__in=self.family).aggregate(due=Min("due"))["due"] for rows in QUEUES]
        due = min((one for one in dues if one is not None), default=None)
        return [] if due is None else [(due, 2, lambda: None)]

    def _wind_to(self, moment: datetime) -> None:
        # A hair beyond it: what is due at the moment is due now.
        ahead = moment - clock.now() + timedelta(milliseconds=1)
        if ahead > timedelta() or moment == self.told.begins:
            clock.wind(ahead)

    # What lives.

    def _sample(self) -> RecordRef | None:
        name = self.version.header.record
        if not name:
            return None
        row = records.verbs[name].add(self._call().by_system(), values=dict(self.script.record))
        current().settle()
        # What the sample itself has started is not what is tried.
        Instance.objects.filter(record_type=name, record_id=row.pk).update(
            status=Standing.TERMINATED, ended_at=clock.now()
        )
        return RecordRef(name, row.pk)

    def _start(self) -> None:
        inputs = typed_inputs(self.version, self.script.inputs)
        wanted = starting.Wanted(
            self._call(), self.version, self.record, {"on": "manual"}, initiator=self.call.author, inputs=inputs
        )
        made = starting.start([wanted])[0].instance
        self.family = [] if made is None else [made]

    def _serve(self) -> None:
        """Let everything that is due happen, in the instance and in those that it waits for."""
        while True:
            grown = list(Instance.objects.filter(parent__in=self.family).exclude(pk__in=self.family))
            self.family += [one.pk for one in grown]
            for one in grown:
                self._note("started", one.definition.title)
            if not worker.batch(only=self.family, hands=self._hands):
                return

    def _hands(self, what: What, asked: Sequence[Request]) -> Sequence[Any]:
        if isinstance(what, Operation):
            for one in asked:
                self.done.append((len(self.told.lines), one.call))
                self._note("done", what.name, told=_plain(one.given))
        return real(what, asked)

    def _is_over(self) -> bool:
        return not Instance.objects.filter(pk__in=self.family, ended_at=None).exists()

    # What is told.

    def _conclude(self) -> None:
        told, version = self.told, self.version
        told.ends = clock.now()
        if not self.family:
            told.standing = "not_started"
            return
        root = Instance.objects.get(pk=self.family[0])
        entries = [entry for _, entry in entries_of(root.pk)]
        self._name_steps()
        told.standing = Standing(root.status).name.lower()
        told.path = telling.path(version.graph, entries)
        told.coverage = telling.coverage(version.graph, entries)
        told.values = _values(root)
        told.waits_for = [] if root.is_over else _standing_at(root, version)
        for incident in Incident.objects.filter(instance__in=self.family).order_by("id"):
            self._note("incident", incident.code, incident.node, {"text": sentence_of(incident)})

    def _name_steps(self) -> None:
        """Say of everything done which step asked for it: the journal knows the node of every token."""
        steps = {
            (one, entry.token): published.version(version).graph.names[entry.node]
            for one, version in Instance.objects.filter(pk__in=self.family).values_list("pk", "version")
            for _, entry in entries_of(one)
        }
        for place, call in self.done:
            step = steps.get((call.cause.instance or 0, call.cause.token or 0), "")
            self.told.lines[place] = replace(self.told.lines[place], step=step)

    def _note(self, kind: str, what: str, step: str = "", told: Mapping[str, Any] | None = None) -> None:
        self.told.lines.append(Line(clock.now(), kind, what, step, told or {}))

    def _call(self) -> Call:
        return Call(self.call.author, clock.now(), ids.new_key(), Cause(DOOR))


NOTHING: Move = (datetime.max.replace(tzinfo=UTC), 0, lambda: None)
QUEUES = (Timer.objects, Ready.objects)


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if isinstance(value, str | int | bool)}


def _values(root: Instance) -> dict[str, str]:
    row = Variables.objects.filter(instance=root).first()
    if row is None:
        return {}
    held = json.loads(bytes(row.data)).get("Variable", {})
    return {name: values.show(values.decode(value)) for name, value in held.items()}


def _standing_at(root: Instance, version: published.Published) -> list[str]:
    tokens = State.decode(bytes(root.state)).tokens if root.state else ()
    return [version.title_of(token.node) for token in tokens] or ahead(version.graph, [])
