"""Tables of people: persons, the tree of departments, groups, roles; when they work."""

from .inviting import Invitation
from .people import Bucket, Department, Grant, Group, Membership, Person, Persons, Role, RoleHolder
from .presence import Presence
from .signing import Authenticator, Passkey, RecoveryCode, SignedIn, SignInRules, SignInTry
from .working import Absence, Absences, Deputy, SpecialDay, WorkingHours

__all__ = [
    "Absence",
    "Absences",
    "Authenticator",
    "Bucket",
    "Department",
    "Deputy",
    "Grant",
    "Group",
    "Invitation",
    "Membership",
    "Passkey",
    "Person",
    "Persons",
    "Presence",
    "RecoveryCode",
    "Role",
    "RoleHolder",
    "SignInRules",
    "SignInTry",
    "SignedIn",
    "SpecialDay",
    "WorkingHours",
]
