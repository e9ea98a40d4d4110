"""The gate before every operation: who may do what, to what these people own. Two questions for any number of asks.

A permission reaches as far as the widest grant of all roles that a person holds. His departments are those he works in
and those he heads; what is in a department is what its people and its head own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from potok.kit import events, sets
from potok.kit.errors import FORBIDDEN, Refused
from potok.kit.permissions import Ask, permissions
from potok.people.rules import Extent

# The views `people_held` (who has which role) and `people_works_in` (who works where) stand in the first migration.
REACH = """
SELECT p.id, a.permission, CASE WHEN p.is_administrator THEN 4 ELSE (
    SELECT max(g.extent) FROM people_held h JOIN people_grant g ON g.role_id = h.role_id
    WHERE h.person_id = p.id AND g.permission = a.permission) END
FROM unnest(%b::bigint[], %b::text[]) a(person, permission) JOIN people_person p ON p.id = a.person AND p.is_active
"""

HELD = """
SELECT p.is_administrator, p.is_external, g.role_id, g.permission, g.extent FROM people_person p
LEFT JOIN (people_held h JOIN people_grant g ON g.role_id = h.role_id) ON h.person_id = p.id
WHERE p.id = %b::bigint AND p.is_active
"""

NEAR = """
SELECT a.person, a.owner, bool_or(his.department_id = mine.department_id)
FROM unnest(%b::bigint[], %b::bigint[]) a(person, owner)
JOIN people_works_in mine ON mine.person_id = a.person
JOIN people_works_in his ON his.person_id = a.owner AND starts_with(his.path, mine.path)
GROUP BY a.person, a.owner
"""

Asked = tuple[int, str]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Holding:
    """All that one person's roles grant, by permission and role."""

    is_administrator: bool = False
    is_external: bool = False
    extents: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    def reach(self, permission: str) -> int:
        return Extent.ALL if self.is_administrator else max(self.extents.get(permission, {}).values(), default=0)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database knows about a batch: how far each may reach, and how near owners stand."""

    reach: dict[Asked, int]
    near: dict[Pair, Extent]

    def allows(self, ask: Ask) -> bool:
        if ask.by is None:
            return True
        reach = self.reach.get((ask.by, ask.permission), 0)
        if reach == Extent.ALL or not reach:
            return reach == Extent.ALL
        if ask.owners is None:
            return True
        return any(self._distance(ask.by, owner) <= reach for owner in ask.owners if owner is not None)

    def _distance(self, by: int, owner: int) -> int:
        return Extent.OWN if owner == by else self.near.get((by, owner), Extent.ALL)


def judge(asks: Sequence[Ask]) -> list[Refused | None]:
    """Answer every ask with None or with the refusal that names the missing permission."""
    standing = _standing(asks)
    return [None if standing.allows(ask) else refused(ask.permission) for ask in asks]


def refused(permission: str) -> Refused:
    """Say which permission is missing, by its title."""
    declared = permissions.get(permission)
    return FORBIDDEN(permission=declared.title if declared else permission)


def reach(asked: Iterable[Asked]) -> dict[Asked, int]:
    """Tell how far each (person, permission) reaches; 0 or absent is nowhere."""
    rows = sorted(set(asked))
    if events.looks() and len({by for by, _ in rows}) == 1:
        return {(by, name): holding(by).reach(name) for by, name in rows}
    return {(by, name): extent or 0 for by, name, extent in sets.execute(REACH, rows)} if rows else {}


def holding(person: int) -> Holding:
    """Tell all that a person holds at once: a page asks for dozens of permissions."""
    return events.judged((Holding, person), lambda: _held(person))


def _held(person: int) -> Holding:
    extents: dict[str, dict[int, int]] = {}
    rows = sets.execute(HELD, (), person).fetchall()
    for *_, role, permission, extent in rows:
        extents.setdefault(permission, {})[role] = extent  # of nobody's roles: under None, which nobody asks for
    return Holding(rows[0][0], rows[0][1], extents) if rows else Holding()


def _standing(asks: Sequence[Ask]) -> Standing:
    reached = reach((ask.by, ask.permission) for ask in asks if ask.by is not None)
    pairs = sorted({pair for ask in asks for pair in _unclear(ask, reached)})
    near = sets.execute(NEAR, pairs) if pairs else ()
    return Standing(reached, {(by, owner): Extent.DEPARTMENT if same else Extent.SUBTREE for by, owner, same in near})


def _unclear(ask: Ask, reached: dict[Asked, int]) -> list[Pair]:
    if ask.by is None or reached.get((ask.by, ask.permission)) not in (Extent.DEPARTMENT, Extent.SUBTREE):
        return []
    return [(ask.by, owner) for owner in ask.owners or () if owner is not None and owner != ask.by]
