"""What somebody who leaves the company leaves behind, and how the parts above let it go to others.

A part that lets things belong to people registers an `Estate`, from its start-up:

    leaving.estates.add("project", Estate("project", _("Projects"), left=…, hand=…))

Work of people who are away (`standing_in.works`) is left behind like everything else; a part that hands it over better
when somebody leaves says so by `instead_of`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from potok.kit.calls import Call
from potok.kit.registry import Registry
from potok.people import standing_in
from potok.people.models import Department, Deputy, Group, Person
from potok.people.standing_in import Handing, Work
from potok.ui.slots import Text


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that belongs to a person. `by_hand` says why nobody but a person can decide what becomes of it."""

    title: str
    url: str = ""
    about: str = ""
    by_hand: str = ""


@dataclass(frozen=True)
class Estate:
    """Things of one kind.

    `left` lists what there is of a person's. `hand` lets all of it go to another and answers what stayed, each thing
    with its reason; it acts as the system, for whoever dismisses may do all that follows.
    """

    name: str
    title: Text
    left: Callable[[Person], Sequence[Thing]] = field(compare=False)
    hand: Callable[[Call, Person, Person], Sequence[Thing]] = field(compare=False)
    instead_of: frozenset[str] = frozenset()


estates: Registry[Estate] = Registry("estate")


def all_estates() -> list[Estate]:
    """Every kind of thing that may be left behind, work first."""
    declared = list(estates.all().values())
    covered = {name for one in declared for name in one.instead_of}
    works = [_of_work(one) for name, one in standing_in.works.all().items() if name not in covered]
    return [*works, *declared]


def _of_work(work: Work) -> Estate:
    def left(person: Person) -> list[Thing]:
        return [Thing(one.title, one.url) for one in work.held({person.pk})]

    def hand(call: Call, person: Person, to: Person) -> list[Thing]:
        held = work.held({person.pk})
        # Of the same work of two people one cannot take the other's part: it stays, and is told.
        free = [one for one in held if to.pk not in one.barred]
        went = work.hand(call, [Handing(one.id, person.pk, to.pk) for one in free], standing_in.LEFT) if free else set()
        reason = _("%(who)s must not get it") % {"who": to}
        return [Thing(one.title, one.url, by_hand=reason) for one in held if one.id not in went]

    return Estate(work.name, work.title, left, hand)


def _heads(person: Person) -> list[Thing]:
    headed = Department.objects.filter(head=person).order_by("sort_key")
    return [Thing(one.name, f"/people/?department={one.pk}") for one in headed]


def _hand_heads(call: Call, person: Person, to: Person) -> list[Thing]:
    from potok.people.operations import departments  # operations look at this module

    for one in Department.objects.filter(head=person):
        departments.appoint(call, department=one, head=to)
    return []


def _alone_in(person: Person) -> list[Group]:
    groups = Group.objects.filter(people=person).order_by("name")
    return [one for one in groups if not one.people.filter(is_active=True).exclude(pk=person.pk).exists()]


def _groups(person: Person) -> list[Thing]:
    return [Thing(one.name, f"/groups/{one.pk}") for one in _alone_in(person)]


def _hand_groups(call: Call, person: Person, to: Person) -> list[Thing]:
    for one in _alone_in(person):
        one.people.add(to)
    return []


def _stands_in(person: Person) -> list[Thing]:
    rows = Deputy.objects.filter(deputy=person).select_related("person").order_by("person__sort_key")
    return [Thing(str(row.person), f"/people/{row.person_id}") for row in rows]


def _hand_stands_in(call: Call, person: Person, to: Person) -> list[Thing]:
    for row in Deputy.objects.filter(deputy=person):
        if row.person_id == to.pk or Deputy.objects.filter(person=row.person_id, deputy=to).exists():
            row.delete()
        else:
            Deputy.objects.filter(pk=row.pk).update(deputy=to)
    return []


for _one in (
    Estate("department", gettext_lazy("Departments that he heads"), _heads, _hand_heads),
    Estate("group", gettext_lazy("Groups where nobody else is left"), _groups, _hand_groups),
    Estate("deputy", gettext_lazy("People for whom he stands in"), _stands_in, _hand_stands_in),
):
    estates.add(_one.name, _one)
