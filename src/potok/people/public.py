"""What people offer to other parts.

from potok.people.public import departments, persons, roles    # operations: `persons.add(call, …)`
from potok.people import public as people                      # questions: `people.head_of(person=7)`
"""

from potok.people import access, codes, permissions, standing_in
from potok.people.access import (
    EVERYTHING,
    NOTHING,
    Grants,
    Reach,
    called,
    grants,
    held,
    may,
    visible,
    within,
    works_here,
)
from potok.people.codes import expand, expand_all
from potok.people.limits import Bucket
from potok.people.models import Absence, Absences, Department, Deputy, Group, Person, Role
from potok.people.operations import absences, departments, groups, hours, passwords, persons, photos, profiles, roles
from potok.people.presence import online
from potok.people.queries import (
    absent,
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
    working_time,
)
from potok.people.rules import Extent, folded

__all__ = [
    "EVERYTHING",
    "NOTHING",
    "Absence",
    "Absences",
    "Bucket",
    "Department",
    "Deputy",
    "Extent",
    "Grants",
    "Group",
    "Person",
    "Reach",
    "Role",
    "absences",
    "absent",
    "access",
    "active",
    "by_id",
    "called",
    "codes",
    "department",
    "departments",
    "expand",
    "expand_all",
    "folded",
    "found",
    "grants",
    "group",
    "groups",
    "head_of",
    "heads",
    "held",
    "hours",
    "may",
    "members",
    "names",
    "online",
    "passwords",
    "permissions",
    "person",
    "persons",
    "photos",
    "profiles",
    "resolve",
    "role",
    "roles",
    "standing_in",
    "subordinates",
    "visible",
    "within",
    "working_time",
    "works_here",
]  # fmt: skip
