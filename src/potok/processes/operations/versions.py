"""Versions: one made current again; and how long what ran under a definition is kept."""

from potok.kit.calls import Call
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.processes import mending, partitions
from potok.processes.models import Definition, Version
from potok.processes.operations import definitions
from potok.processes.permissions import EDIT

MONTHS_MAX = 600


@operation("processes.version.restore", needs=EDIT)
def restore(call: Call, *, definition: Definition, number: int) -> Version:
    """Publish the text of an earlier version once more, as a new version: it is checked as any other text."""
    found = version(definition, number=number)
    return definitions.publish(call, source=found.source, code=definition.code)


@operation("processes.version.draft", needs=EDIT)
def draft(call: Call, *, definition: Definition, number: int) -> Definition:
    """Put the text of an earlier version into the draft, to be worked on before it is published."""
    found = version(definition, number=number)
    return definitions.keep_draft(call, code=definition.code, source=found.source)


@operation("processes.definition.keep", needs=EDIT)
def keep(
    call: Call, *, definition: Definition, journal_months: int | None = None, instance_months: int | None = None
) -> Definition:
    """Say for how many months lines of the journal are kept, and instances once they are over; nothing: for ever.

    Lines that are written from now on go by it; those that are over for longer are deleted in the background.
    """
    for name, months in (("journal_months", journal_months), ("instance_months", instance_months)):
        if months is not None and not 1 <= months <= MONTHS_MAX:
            raise mending.NO_MONTHS(place=name, months=months)
    Definition.objects.filter(pk=definition.pk).update(journal_months=journal_months, instance_months=instance_months)
    partitions.forget()
    touch("definition", definition.pk)
    return Definition.objects.get(pk=definition.pk)


def version(definition: Definition, *, number: int) -> Version:
    """Fetch a version by its number, or refuse."""
    found = Version.objects.filter(definition=definition, number=number).select_related("published_by").first()
    if found is None:
        raise mending.NO_VERSION(place="number", definition=definition.title, number=number)
    return found
