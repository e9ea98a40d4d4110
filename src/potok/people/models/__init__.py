"""Tables of people: persons, the tree of departments, groups, roles; when they work."""

from .inviting import Invitation
from .people import Bucket, Department, Grant, Group, Membership, Person, Persons, Role, RoleHolder
from .presence import Presence
from .working import Absence, Absences, Deputy, SpecialDay, WorkingHours

__all__ = [
    "Absence",
    "Absences",
    "Bucket",
    "Department",
    "Deputy",
    "Grant",
    "Group",
    "Invitation",
    "Membership",
    "Person",
    "Persons",
    "Presence",
    "Role",
    "RoleHolder",
    "SpecialDay",
    "WorkingHours",
]
