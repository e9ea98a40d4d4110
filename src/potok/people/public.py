"""What people offer to other parts.

from potok.people.public import departments, persons, roles    # operations: `persons.add(call, …)`
from potok.people import public as people                      # questions: `people.head_of(person=7)`
"""

from potok.people import access, codes, permissions
from potok.people.access import EVERYTHING, NOTHING, Reach, held, may, visible
from potok.people.codes import expand, expand_all
from potok.people.models import Department, Group, Person, Role
from potok.people.operations import departments, groups, passwords, persons, photos, profiles, roles
from potok.people.queries import (
    active,
    by_id,
    department,
    found,
    group,
    head_of,
    heads,
    members,
    names,
    person,
    resolve,
    role,
    subordinates,
)
from potok.people.rules import Extent, folded

__all__ = [
    "EVERYTHING", "NOTHING", "Department", "Extent", "Group", "Person", "Reach", "Role",
    "access", "active", "by_id", "codes", "department", "departments", "expand", "expand_all", "folded", "found",
    "group", "groups", "head_of", "heads", "held", "may", "members", "names", "passwords", "permissions", "person",
    "persons", "photos", "profiles", "resolve", "role", "roles", "subordinates", "visible",
]  # fmt: skip
