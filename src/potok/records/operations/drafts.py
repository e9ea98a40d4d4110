"""What a person has typed into the form of a new record and not sent."""

from collections.abc import Mapping, Sequence

from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.records import queries
from potok.records.models import Draft


@operation("records.draft.keep", needs="")
def keep(call: Call, *, record_type: str, typed: Mapping[str, Sequence[str]]) -> None:
    """Keep what is typed so far; it replaces what was kept. Nothing typed forgets it."""
    queries.type_named(record_type)
    if call.author is None:
        return  # The system types nothing.
    mine = Draft.objects.filter(person=call.author, record_type=record_type)
    if not typed:
        mine.delete()
    elif not mine.update(typed=typed, kept_at=call.at):
        Draft.objects.create(person_id=call.author, record_type=record_type, typed=typed, kept_at=call.at)
