"""What a person has typed into the form that starts a definition and not sent."""

from collections.abc import Mapping, Sequence

from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.processes import starters
from potok.processes.models import Definition, StartDraft
from potok.processes.operations.instances import current
from potok.processes.permissions import START


@operation("processes.start_draft.keep", needs=START)
def keep(call: Call, *, definition: Definition, typed: Mapping[str, Sequence[str]]) -> None:
    """Keep what is typed so far; it replaces what was kept. Nothing typed forgets it."""
    starters.check(call, current(definition))
    if call.author is None:
        return  # The system types nothing.
    if not any(any(texts) for texts in typed.values()):
        StartDraft.objects.filter(definition=definition, person=call.author).delete()
        return
    StartDraft.objects.update_or_create(
        definition=definition, person_id=call.author, defaults={"typed": dict(typed), "kept_at": call.at}
    )
