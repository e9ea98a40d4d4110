"""Absences: who is away, how long, who stands in; asked for and decided about."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from potok.kit.calls import Call
from potok.kit.events import announce, touch
from potok.kit.operations import operation
from potok.people import absence_kinds, access, rules, structure
from potok.people.events import AbsenceAdded, AbsenceAsked, AbsenceDecided, AbsenceRemoved
from potok.people.models import Absence, Deputy, Person
from potok.people.permissions import EDIT_ABSENCES

DAYS_OF_YEAR = 366


@operation("people.absence.add", needs=EDIT_ABSENCES, on="person")
def add(
    call: Call,
    *,
    person: Person,
    begins_at: datetime,
    ends_at: datetime,
    kind: str = "vacation",
    note: str = "",
    whereabouts: str = "",
    deputy: Person | None = None,
) -> Absence:
    """Note that a person is away from one moment to another: on vacation, sick, on a trip, or for another reason.

    `whereabouts` tells colleagues where he is; `deputy` stands in this time, before those who always do.
    """
    check(kind=kind, begins_at=begins_at, ends_at=ends_at)
    check_deputy(person, deputy)
    absence = Absence.objects.create(
        person=person,
        kind=kind,
        begins_at=begins_at,
        ends_at=ends_at,
        note=note.strip(),
        whereabouts=whereabouts.strip(),
        deputy=deputy,
    )
    announce(AbsenceAdded(call=call, absence=absence.pk, person=person.pk))
    touch("person", person.pk)
    return absence


@operation("people.absence.ask", needs="")
def ask(
    call: Call,
    *,
    person: Person,
    begins_at: datetime,
    ends_at: datetime,
    kind: str = "vacation",
    note: str = "",
    deputy: Person | None = None,
) -> Absence:
    """Ask to be away oneself. A head decides; who has none above himself is away without asking, and everybody is for
    kinds that need no approval."""
    if call.by not in (None, person.pk):
        raise rules.NOT_YOURS(place="person")
    check(kind=kind, begins_at=begins_at, ends_at=ends_at)
    check_deputy(person, deputy)
    alone = not absence_kinds.known()[kind].needs_approval or not structure.heads_of([person.pk])
    absence = Absence.objects.create(
        person=person,
        kind=kind,
        begins_at=begins_at,
        ends_at=ends_at,
        note=note.strip(),
        deputy=deputy,
        status=rules.APPROVED if alone else rules.ASKED,
    )
    happened = AbsenceAdded if alone else AbsenceAsked
    announce(happened(call=call, absence=absence.pk, person=person.pk))
    touch("person", person.pk)
    return absence


@operation("people.absence.decide", needs="")
def decide(call: Call, *, absence: Absence, approved: bool, comment: str = "") -> Absence:
    """Approve or decline an absence that a person asks for: by one of his heads, or by whom the permission reaches."""
    if not may_decide(absence, by=call.by):
        raise rules.NOT_TO_DECIDE()
    status = rules.APPROVED if approved else rules.DECLINED
    decided = {"status": status, "decided_by": call.by, "comment": comment.strip()}
    if not Absence.objects.filter(pk=absence.pk, status=rules.ASKED).update(**decided):
        raise rules.ABSENCE_DECIDED()
    announce(AbsenceDecided(call=call, absence=absence.pk, person=absence.person_id, approved=approved))
    touch("person", absence.person_id)
    return Absence.objects.get(pk=absence.pk)


@operation("people.absence.withdraw", needs="")
def withdraw(call: Call, *, absence: Absence) -> None:
    """Ask for one's own absence no longer. What is approved only those take back who enter absences."""
    if call.by not in (None, absence.person_id):
        raise rules.NOT_YOURS()
    gone, _each = Absence.objects.filter(pk=absence.pk, status=rules.ASKED).delete()
    if not gone:
        raise rules.ABSENCE_DECIDED()
    announce(AbsenceRemoved(call=call, absence=absence.pk, person=absence.person_id))
    touch("person", absence.person_id)


@operation("people.absence.remove", needs=EDIT_ABSENCES, on="absence")
def remove(call: Call, *, absence: Absence) -> None:
    """Take back that a person is away."""
    gone = absence.pk
    absence.delete()
    announce(AbsenceRemoved(call=call, absence=gone, person=absence.person_id))
    touch("person", absence.person_id)


@operation("people.absence.cut_short", needs="")
def cut_short(call: Call, *, absence: Absence) -> Absence:
    """Say that a person is back earlier than was planned: he himself, or whoever enters absences."""
    if call.by != absence.person_id and not access.visible(call.by, permission=EDIT_ABSENCES).covers(absence.owners()):
        raise rules.NOT_YOURS()
    going_on = Absence.objects.approved().filter(pk=absence.pk, begins_at__lt=call.at, ends_at__gt=call.at)
    if not going_on.update(ends_at=call.at):
        raise rules.NOT_AWAY()
    touch("person", absence.person_id)
    return Absence.objects.get(pk=absence.pk)


@operation("people.deputies.set", needs="")
def set_deputies(call: Call, *, person: Person, deputies: Sequence[Person]) -> None:
    """Say who stands in for a person whenever he is away, in order: he himself, one of his heads, or whoever enters
    absences."""
    if call.by != person.pk and not _directs(call.by, person.pk):
        raise rules.NOT_YOURS(place="person")
    for deputy in deputies:
        check_deputy(person, deputy)
    Deputy.objects.filter(person=person).delete()
    once = dict.fromkeys(deputy.pk for deputy in deputies)
    Deputy.objects.bulk_create(
        [Deputy(person=person, deputy_id=deputy, place=place) for place, deputy in enumerate(once)]
    )
    touch("person", person.pk)


def may_decide(absence: Absence, *, by: int | None) -> bool:
    """Tell whether somebody decides about an absence that is asked for: never about his own."""
    return by != absence.person_id and _directs(by, absence.person_id)


def check(*, kind: str, begins_at: datetime, ends_at: datetime) -> None:
    """Refuse a kind that there is not, and a time that is none."""
    known = absence_kinds.known()
    if kind not in known:
        raise rules.WRONG_ABSENCE(place="kind", given=kind, choices=", ".join(known))
    if ends_at <= begins_at:
        raise rules.ABSENCE_ENDS_EARLY(place="ends_at")
    if ends_at - begins_at > timedelta(days=DAYS_OF_YEAR * rules.ABSENCE_YEARS_MAX):
        raise rules.LONG_ABSENCE(place="ends_at", years=rules.ABSENCE_YEARS_MAX)


def check_deputy(person: Person, deputy: Person | None) -> None:
    """Refuse the person himself, and whoever does not work here any more."""
    if deputy is not None and (deputy.pk == person.pk or not deputy.is_active):
        raise rules.WRONG_DEPUTY(place="deputy")


def _directs(by: int | None, person: int) -> bool:
    if by is None or access.visible(by, permission=EDIT_ABSENCES).covers((person,)):
        return True
    return person in structure.under(by, deep=True)
