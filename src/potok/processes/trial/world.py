"""The dry world: one moment after another happens for real, inside a transaction that is undone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from django.db.models import Min
from django.utils.translation import gettext

from potok.engine.values import RecordRef, Value
from potok.kit import clock, ids
from potok.kit.calls import Call, Cause
from potok.kit.errors import Refused
from potok.kit.events import current, gathered, savepoint
from potok.kit.operations import Operation
from potok.kit.words import _
from potok.people import public as everybody
from potok.processes import outside, published, starting, worker
from potok.processes.models import Assignment, Command, Instance, Ready, Standing, Timer
from potok.processes.operations import commands, messages
from potok.processes.operations.instances import typed_inputs
from potok.processes.rounds import What, real
from potok.processes.trial import concluding, helping, people, telling
from potok.processes.trial.script import LONG, Occurrence, Reply, Script, live
from potok.processes.trial.telling import Line, Told
from potok.processes.world import Request

MOVES_MAX = 1_000  # so many things from outside; a trial that needs more goes round in circles
DOOR = "trial"
NOT_ASKED = _("Nobody is asked for anything at this step now.")
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
    meanwhile: list[Occurrence] = field(default_factory=list)
    done: list[tuple[int, Call]] = field(default_factory=list)
    held: Mapping[str, Value] = field(default_factory=dict)
    next_at: datetime | None = None

    def __post_init__(self) -> None:
        now = clock.now()
        self.told = Told(self.script.begins or now, now)
        self.meanwhile = sorted(self.script.meanwhile, key=lambda one: one.after)

    def live(self) -> None:
        self._wind_to(self.told.begins)
        self.record = self._sample()
        self._start()
        for _move in range(MOVES_MAX):
            begun = len(self.told.lines)
            self._serve()
            self._note_values(at=begun)
            if not self.family or self._is_over() or not self._move():
                break
        if self.script.until is not None:
            self._wind_to(self.told.begins + self.script.until)
        self._conclude()

    # From one moment to the next.

    def _move(self) -> bool:
        """Let the next thing happen, whatever it is; False when nothing more will."""
        moves = [move for move in (*self._answers(), *self._scripted(), *self._timers()) if move is not None]
        at, _, happen = min(moves, key=lambda move: move[:2], default=NOTHING)
        # A task that a pretend person is to complete comes before the time runs out.
        if at > clock.now() and not self.script.by_hand and self._help():
            return True
        if at - self.told.begins > (LONG if self.script.until is None else self.script.until):
            self.next_at = at if at != NOTHING[0] else None
            return False
        self._wind_to(at)
        happen()
        current().settle()
        return True

    def _help(self, step: str = "") -> bool:
        done = helping.help(self.family, call=self._call(), step=step)
        if done:
            self._note("answered", "done", done)
            current().settle()
        return bool(done)

    def _answers(self) -> list[Move]:
        found: list[Move] = []
        for one in people.asked(self.family, gave_up=frozenset(self.gave_up)):
            at = people.moment(one, self.script)
            if at is not None:
                found.append((at, 0, lambda one=one: self._answer(one)))  # type: ignore[misc]
        return found

    def _answer(self, one: people.Asked) -> None:
        reply = self.script.reply(one.assignment.node, visit=one.visit) or Reply()
        if not self._replied(one.assignment, replace(reply, comment=reply.comment or "…")):
            self.gave_up.add(one.assignment.pk)

    def _replied(self, assignment: Assignment, reply: Reply, *, by: int | None = None) -> bool:
        said = ""
        with self._refusals(assignment.node):
            said, who = people.answer(assignment, reply, call=self._call(), by=by)
            if said:
                told = {"button": people.button(assignment.form, said), "text": reply.comment}
                self._note("answered", said, assignment.node, told=told, to=(who,))
        return bool(said)

    @contextmanager
    def _refusals(self, step: str = "") -> Iterator[None]:
        """Tell a refusal and go on: what the rules forbid did not happen."""
        self.told.refused = None
        try:
            with savepoint():
                yield
        except Refused as refused:
            self.told.refused = refused
            self._note("incident", refused.sentence(), step)

    def _scripted(self) -> list[Move]:
        if not self.meanwhile:
            return []
        one = self.meanwhile[0]
        return [(self.told.begins + one.after, 1, lambda: self._take(one))]

    def _take(self, one: Occurrence) -> None:
        self.meanwhile.remove(one)
        if one.step:
            self._act(one)
        elif one.message:
            with self._refusals():
                messages.send(self._call().by_system(), name=one.message, values=live(one.payload))
                self._note("message", one.message)
        elif one.changes and self.record is not None:
            with self._refusals():
                outside.change(self._call().by_system(), self.record, given=live(one.changes))
                self._note("changed", ", ".join(one.changes), values=one.changes)

    def _act(self, one: Occurrence) -> None:
        """Let a person do his part at a step: answer it, give its command, or do what it waits for."""
        at_step = {"instance__in": self.family, "node": one.step, "status": Assignment.OPEN}
        if asked := Assignment.objects.filter(**at_step).order_by("id").first():
            self._replied(asked, one.reply, by=one.by)
        elif offered := Command.objects.filter(**at_step).order_by("id").first():
            with self._refusals(one.step):
                by = one.by or next(iter(everybody.resolve(whom=offered.people)), None)
                commands.give(replace(self._call(), by=by), command=offered)
                self._note("command", offered.title, one.step)
        elif not self._help(one.step):
            self._note("incident", gettext(NOT_ASKED), one.step)

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
        made = outside.make(self._call().by_system(), name, given=live(self.script.record))
        current().settle()
        # What the sample itself has started is not what is tried.
        Instance.objects.filter(record_type=name, record_id=made.id).update(
            status=Standing.TERMINATED, ended_at=clock.now()
        )
        return made

    def _start(self) -> None:
        # By hand it is the page that asks for what is required.
        samples = {} if self.script.by_hand else people.inputs(self.version.header, call=self._call())
        inputs = typed_inputs(self.version, {**samples, **live(self.script.inputs)})
        self.held = _defaults(self.version)
        wanted = starting.Wanted(
            self._call(), self.version, self.record, {"on": "manual"}, initiator=self.initiator, inputs=inputs
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
        answers = real(what, asked)
        if isinstance(what, Operation):
            for one, answer in zip(asked, answers, strict=True):
                if not isinstance(answer, Exception):
                    self._note_done(what.name, one)
        return answers

    def _note_done(self, name: str, one: Request) -> None:
        self.done.append((len(self.told.lines), one.call))
        reached, changed = telling.reaches(one.given), telling.changes(one.given)
        self._note("done", name, told=_plain(one.given), to=reached, values=changed)

    def _is_over(self) -> bool:
        return not Instance.objects.filter(pk__in=self.family, ended_at=None).exists()

    # What is told.

    def _conclude(self) -> None:
        self.told.ends = clock.now()
        if self.family:
            concluding.conclude(self.told, self.family, self.version, done=self.done, next_at=self.next_at)
        else:
            self.told.standing = "not_started"

    def _note_values(self, *, at: int) -> None:
        """Tell which variables have other values than before, ahead of what came after that."""
        if not self.family:
            return
        held = concluding.variables(self.family[0])
        changed = {name: value for name, value in held.items() if value != self.held.get(name)}
        if changed:
            self.told.lines.insert(at, Line(clock.now(), "set", ", ".join(changed), values=changed))
            self.done = [(place + (place >= at), call) for place, call in self.done]
        self.held = held

    def _note(self, kind: str, what: str, step: str = "", **more: Any) -> None:
        self.told.lines.append(Line(clock.now(), kind, what, step, **more))

    def _call(self) -> Call:
        return Call(self.initiator, clock.now(), ids.new_key(), Cause(DOOR))

    @property
    def initiator(self) -> int | None:
        return self.script.initiator or self.call.author


NOTHING: Move = (datetime.max.replace(tzinfo=UTC), 0, lambda: None)
QUEUES = (Timer.objects, Ready.objects)


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if isinstance(value, str | int | bool)}


def _defaults(version: published.Published) -> dict[str, Value]:
    return {one.name: one.default for one in version.header.variables}
