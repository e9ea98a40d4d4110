"""What may be done about work that was passed over, and how a process notes an absence."""

from datetime import datetime

from potok.absences import passing, rules
from potok.absences.models import Passed
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.people import public as people
from potok.people.public import Absence, absences


@operation("absences.absence.note", needs="")
def note(
    call: Call,
    *,
    person: int,
    begins_at: datetime,
    ends_at: datetime,
    kind: str = "vacation",
    text: str = "",
    whereabouts: str = "",
) -> Absence:
    """Note that a person, named by his id, is away; the same rules as for `people.absence.add` count."""
    return absences.add(
        call,
        person=people.person(person),
        begins_at=begins_at,
        ends_at=ends_at,
        kind=kind,
        note=text,
        whereabouts=whereabouts,
    )


@operation("absences.passed.take_back", needs="")
def take_back(call: Call, *, passed: Passed) -> None:
    """Take one thing of one's own back although one is away; it stays with oneself then."""
    if call.by not in (None, passed.owner_id):
        raise rules.NOTHING_PASSED()
    row = Passed.objects.select_for_update().filter(pk=passed.pk, closed_at=None).select_related("owner").first()
    if row is None or not passing.take_back(call, row):
        raise rules.NOTHING_PASSED()
