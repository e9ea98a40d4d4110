"""Codes of people: how processes and settings name whom they mean, kept as text until the moment it is needed.

| code                 | who                                                          |
|----------------------|--------------------------------------------------------------|
| `user_12`, `12`      | the person                                                   |
| `group_u12`          | the person, in the manner of access codes                    |
| `group_d5`           | everybody of the department                                  |
| `group_dr5`          | everybody of the department and of all below it              |
| `group_g3`           | the group                                                    |
| `role_4`             | everybody who holds the role                                 |
| `head_of_12`         | the head of the person                                       |
| `subordinates_of_12` | everybody under the person                                   |

The first five are Bitrix24's; a number alone is a person.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from potok.kit import sets
from potok.people import structure
from potok.people.rules import WRONG_CODE

KINDS = {
    "": "person",
    "user_": "person",
    "group_u": "person",
    "group_d": "department",
    "group_dr": "subtree",
    "group_g": "group",
    "role_": "role",
    "head_of_": "head",
    "subordinates_of_": "subordinates",
}
_CODE = re.compile(rf"({'|'.join(sorted(KINDS, reverse=True))})(\d{{1,18}})")

EXPAND = """
WITH a AS (SELECT * FROM unnest(%b::int[], %b::text[], %b::bigint[]) a(place, kind, id)), whom AS (
    SELECT a.place, a.id AS person_id FROM a WHERE a.kind = 'person'
    UNION SELECT a.place, m.person_id FROM a JOIN people_group_people m ON a.kind = 'group' AND m.group_id = a.id
    UNION SELECT a.place, w.person_id FROM a JOIN people_works_in w ON a.kind = 'department' AND w.department_id = a.id
    UNION SELECT a.place, w.person_id FROM a JOIN people_department d ON a.kind = 'subtree' AND d.id = a.id
          JOIN people_works_in w ON starts_with(w.path, d.path)
    UNION SELECT a.place, h.person_id FROM a JOIN people_held h ON a.kind = 'role' AND h.role_id = a.id
    UNION SELECT a.place, w.person_id FROM a JOIN people_department d ON a.kind = 'subordinates' AND d.head_id = a.id
          JOIN people_works_in w ON starts_with(w.path, d.path) AND w.person_id <> a.id)
SELECT whom.place, p.id FROM whom JOIN people_person p ON p.id = whom.person_id AND p.is_active
ORDER BY whom.place, p.sort_key, p.id
"""

STANDING_FOR = """
WITH a AS (SELECT unnest(%b::bigint[]) AS person), w AS (
    SELECT w.person_id AS person, w.department_id, w.path FROM people_works_in w JOIN a ON w.person_id = a.person)
SELECT person, 'user_' || person AS code FROM a
UNION SELECT person, 'group_d' || department_id FROM w
UNION SELECT w.person, 'group_dr' || d.id FROM w JOIN people_department d ON starts_with(w.path, d.path)
UNION SELECT a.person, 'group_g' || m.group_id FROM a JOIN people_group_people m ON m.person_id = a.person
UNION SELECT a.person, 'role_' || h.role_id FROM a JOIN people_held h ON h.person_id = a.person
ORDER BY person, code
"""

EXISTING = """
SELECT k.code || p.id FROM people_person p, unnest(ARRAY['user_', 'group_u', 'head_of_', 'subordinates_of_']) k(code)
    WHERE p.is_active
UNION ALL SELECT k.code || d.id FROM people_department d, unnest(ARRAY['group_d', 'group_dr']) k(code)
UNION ALL SELECT 'group_g' || id FROM people_group UNION ALL SELECT 'role_' || id FROM people_role
"""


def read(code: str | int) -> tuple[str, int]:
    """Take a code apart into its kind and its id, or refuse with `people.wrong_code`."""
    match = _CODE.fullmatch(str(code).strip().lower())
    if match is None:
        raise WRONG_CODE(code=code)
    return KINDS[match[1]], int(match[2])


def is_of_many(code: str | int) -> bool:
    """Tell whether people come to what a code stands for, and go from it, without the code being changed."""
    return read(code)[0] in ("department", "subtree", "group", "role", "subordinates")


def expand(codes: Sequence[str | int]) -> list[int]:
    """Name the active people that the codes stand for, each once, in the order of the codes, by name inside a code."""
    return expand_all([codes])[0]


def expand_all(asked: Sequence[Sequence[str | int]]) -> list[list[int]]:
    """The same for many lists of codes, in one question to the database or two."""
    rows = [(place, *read(code)) for place, codes in enumerate(asked) for code in codes]
    people: dict[int, dict[int, None]] = defaultdict(dict)
    numbered = _heads_named([(number, kind, named) for number, (_, kind, named) in enumerate(rows)])
    for number, person in sets.execute(EXPAND, numbered) if numbered else ():
        people[rows[number][0]][person] = None
    return [list(people[place]) for place in range(len(asked))]


def _heads_named(rows: list[tuple[int, str, int]]) -> list[tuple[int, str, int]]:
    wanted = {person for _, kind, person in rows if kind == "head"}
    heads = structure.heads_of(wanted) if wanted else {}
    plain = [row for row in rows if row[1] != "head"]
    return plain + [(n, "person", heads[person]) for n, kind, person in rows if kind == "head" and person in heads]


def standing_for(persons: Collection[int]) -> dict[int, list[str]]:
    """List for each of these people the codes that stand for him: his own, his departments', groups' and roles'."""
    found: dict[int, list[str]] = {person: [] for person in persons}
    for person, code in sets.execute(STANDING_FOR, (), sorted(found)) if found else ():
        found[person].append(code)
    return found


def existing() -> frozenset[str]:
    """List every code that stands for somebody who is there: who has left is not."""
    return frozenset(row[0] for row in sets.execute(EXISTING))
