"""What happened, told in the transaction in which it happened (engine.md §5a).

An operation announces; reactions run before the same transaction commits, each once with all events of its class, so
that two hundred changes cost one reaction. Screens hear of it after the commit.
"""

import dataclasses
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from potok.kit import live, sets, viewing
from potok.kit.calls import Call
from potok.kit.errors import Defect
from potok.kit.registry import Registry

DEPTH_MAX = 25  # waves of reactions in one transaction; beyond it two parts answer each other for ever


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened. Subclasses are named in the past tense and carry plain values, ids first."""

    name: ClassVar[str] = ""
    call: Call

    def plain(self) -> dict[str, Any]:
        """The event's own fields, without the call, as JSON-able values."""
        return {f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name != "call"}


E = TypeVar("E", bound=Event)
F = TypeVar("F")
Reaction = Callable[[Sequence[Any]], None]
events: Registry[type[Event]] = Registry("event")
_reactions: dict[type[Event], list[Reaction]] = defaultdict(list)


def event(cls: type[E]) -> type[E]:
    """Register an event class under its literal name."""
    events.add(cls.name, cls)
    return cls


def reacts_to(cls: type[E]) -> Callable[[Callable[[Sequence[E]], None]], Callable[[Sequence[E]], None]]:
    """Call the function with all events of this class, in order, before their transaction commits. It must be safe to
    repeat, and it must be about many: it is given a list."""

    def register(reaction: Callable[[Sequence[E]], None]) -> Callable[[Sequence[E]], None]:
        _reactions[cls].append(reaction)
        return reaction

    return register


@dataclass(slots=True)
class Gathering:
    """What one transaction has announced and not yet told."""

    pending: list[Event] = dataclasses.field(default_factory=list)
    told: list[Event] = dataclasses.field(default_factory=list)
    touched: dict[tuple[str, int], None] = dataclasses.field(default_factory=dict)
    # What parts remember to its end, each under a key of its own; a savepoint that is undone takes all of it along.
    memory: dict[Any, Any] = dataclasses.field(default_factory=dict)
    # The same of who may do what, until the next operation, which may have changed it.
    rights: dict[Any, Any] = dataclasses.field(default_factory=dict)

    def mark(self) -> tuple[int, int, int]:
        """A point to which `undo` can go back, as a savepoint does."""
        return len(self.pending), len(self.told), len(self.touched)

    def undo(self, mark: tuple[int, int, int]) -> None:
        del self.pending[mark[0] :]
        del self.told[mark[1] :]
        for key in list(self.touched)[mark[2] :]:
            del self.touched[key]
        self.memory.clear()
        self.rights.clear()

    def settle(self) -> None:
        """Tell the reactions until nothing new is announced, then write all events in one statement."""
        for _ in range(DEPTH_MAX):
            if not self.pending:
                break
            wave, self.pending = self.pending, []
            self.told += wave
            with viewing.shown_to(None):
                _tell(wave)
        else:
            raise Defect(f"reactions do not end: {sorted({type(e).__name__ for e in self.pending})}")
        _write(self.told)
        self.told = []

    def send_live(self) -> None:
        """Tell the open screens, after the commit."""
        live.send(self.touched)


_current: ContextVar[Gathering | None] = ContextVar("gathering", default=None)
_judged: ContextVar[dict[Any, Any] | None] = ContextVar("judged", default=None)


def current() -> Gathering:
    """The gathering of the open transaction; without one, nothing may be announced."""
    gathering = _current.get()
    if gathering is None:
        raise Defect("announced outside a transaction: open `kit.events.gathered()` at the door")
    return gathering


def memory() -> dict[Any, Any] | None:
    """What parts remember until the open transaction ends; None outside of one."""
    gathering = _current.get()
    return None if gathering is None else gathering.memory


def rights() -> dict[Any, Any] | None:
    """What parts remember of who may do what until the next operation: of the open transaction, or outside of one of
    what `judged_once` holds together; None outside of both."""
    gathering = _current.get()
    return _judged.get() if gathering is None else gathering.rights


def looks() -> bool:
    """Whether things are only looked at, and judged once: a page asks for many rights of one person."""
    return _current.get() is None and _judged.get() is not None


def judged(key: Any, find: Callable[[], F]) -> F:
    """Find out something about who may do what, once for as long as `rights` remembers."""
    known = rights()
    if known is None:
        return find()
    if key not in known:
        known[key] = find()
    found: F = known[key]
    return found


@contextmanager
def judged_once() -> Iterator[None]:
    """Judge once who may do what for all that is looked at inside, until an operation is carried out. Inside another it
    joins it."""
    if _judged.get() is not None:
        yield
        return
    token = _judged.set({})
    try:
        yield
    finally:
        _judged.reset(token)


def judge_anew() -> None:
    """Forget who may do what: an operation may have changed it."""
    for held in (rights(), _judged.get()):
        if held:
            held.clear()


def announce(event: Event) -> None:
    """Say what happened; reactions and screens hear of it at the end of the transaction."""
    current().pending.append(event)


def touch(topic: str, id: int) -> None:
    """Tell the screens that show this topic to look again, after the commit."""
    current().touched[topic, id] = None


@contextmanager
def gathered() -> Iterator[Gathering]:
    """Open a transaction in which announcements are gathered, told and written before it commits.

    Inside another one it joins it: the outermost tells and commits.
    """
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    gathering = Gathering()
    with transaction.atomic():
        token = _current.set(gathering)
        try:
            yield gathering
            gathering.settle()
        finally:
            _current.reset(token)
    gathering.send_live()


@contextmanager
def savepoint() -> Iterator[None]:
    """Undo what follows, rows and announcements alike, if it raises."""
    gathering = current()
    mark = gathering.mark()
    try:
        with transaction.atomic():
            yield
    except BaseException:
        gathering.undo(mark)
        raise


def _tell(wave: Sequence[Event]) -> None:
    by_class: dict[type[Event], list[Event]] = defaultdict(list)
    for one in wave:
        by_class[type(one)].append(one)
    for cls, happened in by_class.items():
        for reaction in _reactions[cls]:
            reaction(happened)


INSERT = """INSERT INTO kit_event (name, at, by_id, cause, depth, payload)
            SELECT * FROM unnest(%b::text[], %b::timestamptz[], %b::bigint[],
                                 %b::text[]::jsonb[], %b::int[], %b::text[]::jsonb[])"""


def _write(told: Iterable[Event]) -> None:
    rows = [
        (e.name, e.call.at, e.call.author, json.dumps(e.call.cause.plain()), e.call.depth, encode(e.plain()))
        for e in told
    ]
    if rows:
        sets.execute(INSERT, rows)


_encoder = DjangoJSONEncoder(ensure_ascii=False)


def encode(payload: Any) -> str:
    """JSON text of a payload; moments, dates and decimals as strings."""
    return _encoder.encode(payload)
