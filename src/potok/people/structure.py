"""The tree of departments asked as a whole: who is whose head, who works under whom."""

from collections.abc import Iterable

from potok.kit import sets

# The nearest department above whose head is somebody else: for a head that is the department above his own.
HEADS = """
SELECT DISTINCT ON (a.person) a.person, p.id
FROM unnest(%b::bigint[]) a(person) JOIN people_works_in w ON w.person_id = a.person
JOIN people_department d ON starts_with(w.path, d.path)
JOIN people_person p ON p.id = d.head_id AND p.is_active AND p.id <> a.person
WHERE NOT EXISTS (SELECT FROM people_department own WHERE own.head_id = a.person AND starts_with(d.path, own.path))
ORDER BY a.person, length(w.path) - length(d.path), w.department_id
"""
# Who works in what the head heads; `deep` goes down the tree, the other way stops at the heads right below.
SUBORDINATES = """
SELECT DISTINCT p.id FROM people_department d JOIN people_works_in w
ON CASE WHEN %b::bool THEN starts_with(w.path, d.path) ELSE w.department_id = d.id
        OR EXISTS (SELECT FROM people_department c WHERE c.parent_id = d.id AND c.id = w.department_id
                   AND c.head_id = w.person_id) END
JOIN people_person p ON p.id = w.person_id AND p.is_active WHERE d.head_id = %b::bigint AND p.id <> d.head_id
"""


def heads_of(persons: Iterable[int]) -> dict[int, int]:
    """Name the head of each of these persons; for a head, the next one up. Who has none is left out."""
    rows = [(person,) for person in sorted(set(persons))]
    return dict(sets.execute(HEADS, rows)) if rows else {}


def under(head: int, *, deep: bool) -> set[int]:
    """Name the active people under a head: all below, or his own department and the heads right under him."""
    return sets.ids(SUBORDINATES, (), deep, head)
