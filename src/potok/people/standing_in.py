"""Who stands in for whom, and how the parts above let work go from one person to another.

A part that gives people something to do registers one `Work`, from its start-up:

    works.add("task", Work("task", _("Tasks"), held=…, hand=…))

What lies with people who are away is asked of all works, and handed on by each: no part knows another's tables.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from potok.kit.calls import Call
from potok.kit.registry import Registry
from potok.people import structure
from potok.people.models import Absence, Deputy, Membership, Person
from potok.ui.slots import Text

# Why work goes over: somebody is away, is back, or has left the company.
PASSED, RETURNED, LEFT = "passed_over", "returned", "left"
LEVELS_MAX = 50


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that lies with a person; those in `barred` must not get it."""

    id: int
    person: int
    title: str
    url: str = ""
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Handing:
    """One thing goes from one person to another."""

    id: int
    was: int
    now: int


@dataclass(frozen=True)
class Work:
    """Work of one kind.

    `held` lists what is open and lies with these persons. `hand` lets things go over, writes both names into their
    logs and answers the ids of those that went: what does not lie with `was` any more stays where it is.
    `sees_to_leavers` where the part has a law of its own for what a dismissed person leaves behind.
    """

    name: str
    title: Text
    held: Callable[[Collection[int]], list[Held]] = field(compare=False)
    hand: Callable[[Call, Sequence[Handing], str], set[int]] = field(compare=False)
    sees_to_leavers: bool = False


works: Registry[Work] = Registry("work")


def away() -> QuerySet[Person]:
    """Those whose absence goes on, as the loop of absences has found."""
    return Person.objects.filter(pk__in=Absence.objects.going_on().values("person"))


def candidates(persons: Iterable[int], *, load: Mapping[int, int]) -> dict[int, list[int]]:
    """Name those who may stand in for each person, the first choice first; none of them is away or has left.

    His deputies of this time and the usual ones, his head, whoever stands in for the head, the next head up; then
    those of his departments, and at last administrators, the ones with the least `load` first.
    """
    persons = sorted(set(persons))
    here = set(Person.objects.filter(is_active=True).exclude(pk__in=away()).values_list("pk", flat=True))
    chains = _heads(persons)
    deputies = _deputies({*persons, *(head for chain in chains.values() for head in chain)})
    beside = _beside(persons)
    administrators = list(Person.objects.filter(is_administrator=True).order_by("pk").values_list("pk", flat=True))

    def by_load(those: Iterable[int]) -> list[int]:
        return sorted(those, key=lambda one: (load.get(one, 0), one))

    found = {}
    for person in persons:
        heads = [one for head in chains[person] for one in (head, *deputies.get(head, ()))]
        named = [*deputies.get(person, ()), *heads, *by_load(beside.get(person, ())), *by_load(administrators)]
        found[person] = [one for one in dict.fromkeys(named) if one in here and one != person]
    return found


def _heads(persons: Sequence[int]) -> dict[int, list[int]]:
    """The heads of each up to the top, the nearest first."""
    chains: dict[int, list[int]] = {person: [] for person in persons}
    asked = {person: person for person in persons}
    for _level in range(LEVELS_MAX):
        heads = structure.heads_of(asked.values())
        asked = {
            person: heads[last] for person, last in asked.items() if last in heads and heads[last] not in chains[person]
        }
        for person, head in asked.items():
            chains[person].append(head)
        if not asked:
            break
    return chains


def _deputies(persons: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    this_time = Absence.objects.going_on().filter(person__in=persons).exclude(deputy=None).order_by("began_at", "pk")
    always = Deputy.objects.filter(person__in=persons).order_by("person", "place")
    for row in (*this_time, *always):
        found.setdefault(row.person_id, []).append(row.deputy_id)
    return found


def _beside(persons: Sequence[int]) -> dict[int, list[int]]:
    """Who works in the same departments."""
    mine = Membership.objects.filter(person__in=persons).values_list("person", "department")
    departments: dict[int, set[int]] = {}
    for person, department in mine:
        departments.setdefault(department, set()).add(person)
    found: dict[int, list[int]] = {}
    members = Membership.objects.filter(department__in=departments, person__is_external=False)
    for other, department in members.order_by("person").values_list("person", "department"):
        for person in departments[department] - {other}:
            found.setdefault(person, []).append(other)
    return found
