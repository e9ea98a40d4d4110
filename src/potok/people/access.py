"""How far a person sees: what lists and searches of higher parts narrow their rows with."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from potok.kit import sets
from potok.people import gate
from potok.people.rules import Extent

COLLEAGUES = """
SELECT DISTINCT his.person_id FROM people_works_in mine JOIN people_works_in his
ON CASE WHEN %b::int = 3 THEN starts_with(his.path, mine.path) ELSE his.department_id = mine.department_id END
WHERE mine.person_id = %b::bigint
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a permission reaches for one person. `owners` is None where it reaches everything."""

    extent: Extent | None
    owners: frozenset[int] | None

    @property
    def is_nowhere(self) -> bool:
        return self.extent is None

    def narrows(self, *fields: str) -> Q:
        """Make the condition for a QuerySet whose rows are owned by the persons in these fields."""
        # Never an empty Q: `Q() | Q(mine)` is only mine.
        if self.owners is None:
            return ~Q(pk__in=[])
        return Q(*((f"{field}__in", self.owners) for field in fields), _connector=Q.OR)

    def covers(self, owners: tuple[int | None, ...]) -> bool:
        """Tell whether something owned by these people is within reach."""
        return self.owners is None or not self.owners.isdisjoint(owner for owner in owners if owner is not None)


EVERYTHING = Reach(Extent.ALL, None)
NOTHING = Reach(None, frozenset())


def visible(person: int | None, *, permission: str) -> Reach:
    """Tell whose records the person may reach with this permission; None is the system, which sees all."""
    if person is None:
        return EVERYTHING
    extent = gate.reach([(person, permission)]).get((person, permission), 0)
    if not extent:
        return NOTHING
    if extent == Extent.ALL:
        return EVERYTHING
    return Reach(Extent(extent), frozenset({person, *_colleagues(person, extent=Extent(extent))}))


def may(person: int | None, *, permission: str) -> bool:
    """Tell whether the person has this permission at all, whatever it reaches."""
    return person is None or bool(gate.reach([(person, permission)]).get((person, permission)))


def held(person: int | None, *, permissions: Iterable[str]) -> frozenset[str]:
    """Name those of the permissions that the person has at all, in one question."""
    if person is None:
        return frozenset(permissions)
    return frozenset(name for (_, name), extent in gate.reach((person, one) for one in permissions).items() if extent)


def _colleagues(person: int, *, extent: Extent) -> set[int]:
    return set() if extent == Extent.OWN else sets.ids(COLLEAGUES, (), int(extent), person)
