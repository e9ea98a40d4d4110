"""One small part for the tests of the kit: entries in `kit_outgoing`, since the kit has no business of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from potok.kit import events, operations, sets
from potok.kit.calls import Call
from potok.kit.errors import Refused, refusal
from potok.kit.models import Outgoing

EMPTY = refusal("test.entry.empty", "An entry needs a text.")
TAKEN = refusal("test.entry.taken", "This text is taken.")


@events.event
@dataclass(frozen=True, kw_only=True, slots=True)
class EntryAdded(events.Event):
    name = "test.entry.added"
    text: str


@dataclass(frozen=True)
class Entry:
    text: str

    @property
    def row(self) -> str:
        return self.text


INSERT = """INSERT INTO kit_outgoing (kind, payload, key, attempts, problem)
            SELECT 'entry', '{}', text, 0, '' FROM unnest(%b::text[]) text ON CONFLICT DO NOTHING RETURNING key"""


def keep(rows: Sequence[tuple[Call, Entry]]) -> list[str | Refused]:
    kept = sets.ids(INSERT, [(entry.text,) for _, entry in rows])
    for call, entry in rows:
        if entry.text in kept:
            events.announce(EntryAdded(call=call, text=entry.text))
    return [entry.text if entry.text in kept else TAKEN() for _, entry in rows]


@operations.operation("test.entry.add", needs="test.entry.add", many=keep)
def add(call: Call, *, text: str) -> Entry:
    """Add an entry."""
    if not text:
        raise EMPTY(place="text")
    return Entry(text)


@operations.operation("test.entry.add_slowly", needs="test.entry.add")
def add_slowly(call: Call, *, text: str) -> str:
    """Add an entry, refusing after it wrote: for the savepoint."""
    Outgoing.objects.create(kind="entry", payload={}, key=text)
    events.announce(EntryAdded(call=call, text=text))
    if text == "never":
        raise EMPTY()
    return text


def texts() -> list[str]:
    return sorted(Outgoing.objects.values_list("key", flat=True))
