"""Absences: who is away, and how long."""

from datetime import datetime

from potok.kit.calls import Call
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.people import rules
from potok.people.events import AbsenceAdded, AbsenceRemoved
from potok.people.models import Absence, Person
from potok.people.permissions import EDIT_ABSENCES


@operation("people.absence.add", needs=EDIT_ABSENCES, on="person")
def add(
    call: Call, *, person: Person, begins_at: datetime, ends_at: datetime, kind: str = "vacation", note: str = ""
) -> Absence:
    """Note that a person is away from one moment to another: on vacation, sick, on a trip, or for another reason."""
    if kind not in rules.ABSENCES:
        raise rules.WRONG_ABSENCE(place="kind", given=kind, choices=", ".join(rules.ABSENCES))
    if ends_at <= begins_at:
        raise rules.ABSENCE_ENDS_EARLY(place="ends_at")
    absence = Absence.objects.create(person=person, kind=kind, begins_at=begins_at, ends_at=ends_at, note=note.strip())
    announce(AbsenceAdded(call=call, absence=absence.pk, person=person.pk))
    touch("person", person.pk)
    return absence


@operation("people.absence.remove", needs=EDIT_ABSENCES, on="absence")
def remove(call: Call, *, absence: Absence) -> None:
    """Take back that a person is away."""
    gone = absence.pk
    absence.delete()
    announce(AbsenceRemoved(call=call, absence=gone, person=absence.person_id))
    touch("person", absence.person_id)
