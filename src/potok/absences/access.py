"""Who knows what of absences: everybody in the company that somebody is away, only some of them why."""

from collections.abc import Collection

from potok.absences.permissions import SEE, WORKDAYS
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.people.public import Absence


def knowing(by: int, *, persons: Collection[int]) -> set[int]:
    """Of these persons those of whom one knows why they are away: oneself, those below, those whom a role reaches."""
    below = set(people.subordinates(head=by))
    reach = [people.visible(by, permission=one) for one in (SEE, people.permissions.EDIT_ABSENCES)]
    return {
        person for person in persons if person == by or person in below or any(each.covers((person,)) for each in reach)
    }


def found(by: int, *, id: int) -> Absence:
    """The absence, if one knows about its reason; otherwise it is missing."""
    one = Absence.objects.filter(pk=id).select_related("person", "deputy", "decided_by").first()
    if one is None or not knowing(by, persons=[one.person_id]):
        raise MISSING(id=id)
    return one


def may_enter(by: int, *, person: int) -> bool:
    """Tell whether somebody enters absences of a person without asking."""
    return people.visible(by, permission=people.permissions.EDIT_ABSENCES).covers((person,))


def led(by: int) -> set[int] | None:
    """Whose working days somebody sees and corrects: those below him, and whom the permission reaches; None is all."""
    reach = people.visible(by, permission=WORKDAYS)
    return None if reach.owners is None else {*people.subordinates(head=by), *reach.owners} - {by}


def leads(by: int | None, *, person: int) -> bool:
    """Tell whether somebody corrects the working days of another; nobody does his own."""
    if by is None:
        return True
    found = led(by) if by != person else set()
    return found is None or person in found
