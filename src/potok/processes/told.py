"""What an instance was told, as its journal keeps it: with this, and nothing else, its life can be lived again.

Told is what the core cannot know by itself: how it began, every event that changed something, and what was answered
when it asked about the world outside. The words and their order are stored: never change one. See `folding`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from potok.engine import run, values
from potok.engine.run import Ask, CalendarOf, FieldOf, GlobalOf, Named, Unknown
from potok.engine.time import WorkingTime
from potok.engine.values import Value

Item = list[Any]  # JSON: a word, and what it says
BEGAN, MIGRATED = "began", "migrated"
LOOKED, SHARED, NAMED, WORKED = "looked", "shared", "named", "worked"
# Where values come from that the instance refers to and that are not its own.
LENT = frozenset({"Constant", "Workflow", "User"})
PERFORMED = "performed"
UNKNOWN = "unknown"
EVENTS: Mapping[str, type[run.Event]] = {
    PERFORMED: run.Performed,
    "waiting": run.Waiting,
    "happened": run.Happened,
    "fired": run.TimerFired,
    "field_moved": run.FieldMoved,
    "ended": run.ChildEnded,
    "failed": run.Failed,
    "escalated": run.Escalated,
    "retried": run.Retried,
    "skipped": run.Skipped,
    "set_down": run.Moved,
    "assigned": run.Assigned,
    "continued": run.Continued,
    "terminated": run.Terminated,
}
WORDS = {kind: word for word, kind in EVENTS.items()}
FIELDS = {kind: tuple(each.name for each in fields(kind)) for kind in EVENTS.values()}
SEVERAL = frozenset({"results", "where", "payload", "fields", "values"})  # fields that hold values by name
LEFT_OUT: tuple[Any, ...] = ("", None, {})  # what stands at the end of an event and is its default


@dataclass(slots=True)
class Told:
    """Gathers what is told during one turn."""

    items: list[Item] = field(default_factory=list)
    # Answers that nothing has come of yet: a stale event leaves no trace, and neither does what was looked up for it.
    waiting: list[Item] = field(default_factory=list)
    # Values that the instance referred to and that are not its own, such as constants.
    lent: dict[Named, Value] = field(default_factory=dict)

    def looked(self, found: Mapping[Ask, Any]) -> None:
        """Note what was answered about the world outside."""
        of: dict[Any, dict[str, Any]] = {}
        for ask, answer in found.items():
            match ask:
                case FieldOf(about, name):
                    of.setdefault(about, {})[name] = _answer(answer)
                case GlobalOf(source, name):
                    self.waiting.append([SHARED, source, name, _answer(answer)])
                case CalendarOf(person):
                    self.waiting.append([WORKED, values.encode(person), _calendar(answer)])
        self.waiting += [[LOOKED, values.encode(about), answers] for about, answers in of.items()]

    def began(self, version: int, inputs: Mapping[str, Value]) -> None:
        """Note the beginning."""
        self._keep([BEGAN, version, _named(inputs)])

    def happened(self, event: run.Event, entries: Iterable[run.Entry]) -> None:
        """Note an event that led to these entries. What a block gave stands there already."""
        if isinstance(event, run.Performed) and any(is_of(entry, event.token) for entry in entries):
            self._keep([PERFORMED, event.token])
        else:
            self._keep(_event(event))

    def all(self) -> list[Item]:
        """Give everything that was told, in order."""
        if not self.items or not self.lent:
            return self.items
        return [
            [NAMED, [[ask.source, ask.name, values.encode(value)] for ask, value in self.lent.items()]],
            *self.items,
        ]

    def _keep(self, item: Item) -> None:
        self.items += self.waiting
        self.items.append(item)
        self.waiting.clear()


def with_results(entry: run.Entry, event: run.Event) -> run.Entry:
    """Put what a block gave into its line of the journal."""
    if isinstance(event, run.Performed) and is_of(entry, event.token):
        return entry._replace(detail={name: values.encode(value) for name, value in event.results.items()})
    return entry


def is_of(entry: run.Entry, token: int) -> bool:
    """Tell whether this entry says that the block of this token was performed."""
    return entry.what == PERFORMED and entry.token == token


def event(item: Item, entries: Sequence[Sequence[Any]]) -> run.Event:
    """Read an event; the entries are those of its line."""
    word, *rest = item
    if word == PERFORMED and len(rest) == 1:
        rest.append(next((entry[3] for entry in entries if is_of(run.Entry(*entry), rest[0])), {}))
    kind = EVENTS[word]
    return kind(*(_value(name, plain) for name, plain in zip(FIELDS[kind], rest, strict=False)))


def looked(item: Item) -> dict[Ask, Any]:
    """Read what was answered about the world outside."""
    match item:
        case [str(word), about, answers] if word == LOOKED:
            of: Any = values.decode(about)
            return {FieldOf(of, name): _answered(plain) for name, plain in answers.items()}
        case [str(word), source, name, answer] if word == SHARED:
            return {GlobalOf(source, name): _answered(answer)}
        case [str(word), about, answer] if word == WORKED:
            person: Any = values.decode(about)
            return {CalendarOf(person): _worked(answer)}
        case [str(word), several] if word == NAMED:
            return {Named(source, name): values.decode(plain) for source, name, plain in several}
    return {}


def inputs(plain: Mapping[str, Any]) -> dict[str, Value]:
    """Read what an instance was started with."""
    return {name: values.decode(value) for name, value in plain.items()}


def _event(event: run.Event) -> Item:
    item = [WORDS[type(event)], *(_plain(getattr(event, name)) for name in FIELDS[type(event)])]
    while item[-1] in LEFT_OUT:
        item.pop()
    return item


def _plain(value: Any) -> Any:
    return _named(value) if isinstance(value, Mapping) else values.encode(value)


def _value(name: str, plain: Any) -> Any:
    return inputs(plain) if name in SEVERAL else values.decode(plain)


def _named(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _spoken(value) for name, value in given.items()}


def _spoken(value: Any) -> Any:
    # The fields of an error may be of any kind; they only ever become part of a sentence.
    try:
        return values.encode(value)
    except (KeyError, TypeError):
        return str(value)


def _answer(answer: Any) -> Any:
    return {UNKNOWN: [answer.code, _named(answer.fields)]} if isinstance(answer, Unknown) else values.encode(answer)


def _answered(plain: Any) -> Any:
    if isinstance(plain, dict) and UNKNOWN in plain:
        code, about = plain[UNKNOWN]
        return Unknown(code, **inputs(about))
    return values.decode(plain)


def _calendar(answer: WorkingTime | Unknown) -> Any:
    if isinstance(answer, Unknown):
        return _answer(answer)
    return values.encode((answer.zone, answer.week, answer.country, answer.exceptions, answer.absences))


def _worked(plain: Any) -> Any:
    if isinstance(plain, dict):
        return _answered(plain)
    read: Any = values.decode(plain)
    return WorkingTime(*read)
