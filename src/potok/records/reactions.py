"""What records do when records change: they remember it, hold on to files, show themselves to who observes them, tell
people what was said and done."""

from collections.abc import Sequence

from potok.kit import sets
from potok.kit.events import encode, reacts_to
from potok.records import attachments, observing, telling, telling_observers
from potok.records.events import RecordChanged, RecordCommented

INSERT = """INSERT INTO records_history (record_type, record_id, revision, kind, at, by_id, cause, before, after)
            SELECT * FROM unnest(%b::text[], %b::bigint[], %b::int[], %b::text[], %b::timestamptz[], %b::bigint[],
                                 %b::text[]::jsonb[], %b::text[]::jsonb[], %b::text[]::jsonb[])"""


@reacts_to(RecordChanged)
def remember(happened: Sequence[RecordChanged]) -> None:
    """Write the history of a whole transaction in one statement."""
    sets.execute(INSERT, [(e.type, e.id, e.revision, e.kind, e.call.at, e.call.author, *_texts(e)) for e in happened])


@reacts_to(RecordChanged)
def hold_files(happened: Sequence[RecordChanged]) -> None:
    """Hang files that a field was given on the record."""
    attachments.hang(happened)


@reacts_to(RecordChanged)
def show_to_observers(happened: Sequence[RecordChanged]) -> None:
    """Let observers see what they observe, and tell them what others did with it."""
    observing.keep(happened)
    telling_observers.told(happened)


@reacts_to(RecordCommented)
def tell(happened: Sequence[RecordCommented]) -> None:
    """Tell those who were called, and who is responsible."""
    telling.told(happened)


def _texts(e: RecordChanged) -> tuple[str, str, str]:
    return encode(e.call.cause.plain()), encode(e.before), encode(e.after)
