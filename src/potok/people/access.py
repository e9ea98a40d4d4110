"""How far a person sees: what lists and searches of higher parts narrow their rows with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.expressions import RawSQL

from potok.kit import events, sets
from potok.people import gate
from potok.people.rules import Extent

COLLEAGUES = """
SELECT DISTINCT his.person_id FROM people_works_in mine JOIN people_works_in his
ON CASE WHEN %b::int = 3 THEN starts_with(his.path, mine.path) ELSE his.department_id = mine.department_id END
WHERE mine.person_id = %b::bigint
"""

GRANTS = """
SELECT p.is_administrator, p.is_external, g.role_id, max(g.extent) FROM people_person p
LEFT JOIN (people_held h JOIN people_grant g ON g.role_id = h.role_id AND g.permission = %b::text)
    ON h.person_id = p.id
WHERE p.id = %b::bigint AND p.is_active GROUP BY 1, 2, 3
"""
# The view `people_called` stands in the migration `called`.
CALLED = "SELECT c.code FROM people_called c JOIN people_person p ON p.id = c.person_id AND p.is_active WHERE p.id = %s"


WORKS_HERE = "SELECT 1 FROM people_person WHERE id = %b::bigint AND is_active"


@dataclass(frozen=True, slots=True)
class Grants:
    """What a person's roles grant of one permission, role by role; `everything` is an administrator or the system."""

    everything: bool = False
    external: bool = False
    extents: Mapping[int, Extent] = field(default_factory=dict)


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
    return within(person, extent=Extent(extent) if extent else None)


def grants(person: int | None, *, permission: str) -> Grants:
    """Tell which of his roles let the person do this, and how far each; for whoever narrows roles further."""
    if person is None:
        return Grants(everything=True)
    if events.looks():
        held = gate.holding(person)
        extents = held.extents.get(permission, {})
        return Grants(held.is_administrator, held.is_external, {role: Extent(at) for role, at in extents.items()})
    found = sets.execute(GRANTS, (), permission, person).fetchall()
    administrator, external = found[0][:2] if found else (False, False)
    return Grants(administrator, external, {role: Extent(extent) for *_, role, extent in found if role is not None})


def within(person: int, *, extent: Extent | None) -> Reach:
    """Tell whose records an extent means for a person; None means nobody's."""
    if extent is None:
        return NOTHING
    if extent == Extent.ALL:
        return EVERYTHING
    return Reach(extent, frozenset({person, *_colleagues(person, extent=extent)}))


def called(person: int) -> RawSQL:
    """The codes under which a person may be meant, as a sub-select: himself, his groups, departments from his up."""
    return RawSQL(CALLED, [person])  # noqa: S611 (the text is ours, the person is a parameter)


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
