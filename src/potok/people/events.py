"""What happened to people, departments, groups and roles."""

from dataclasses import dataclass
from typing import ClassVar

from potok.kit.events import Event, event


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PersonAdded(Event):
    """Somebody works here now, or is from outside and may look in."""

    name: ClassVar[str] = "people.person.added"
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PersonChanged(Event):
    """`fields` are the names of what is different now."""

    name: ClassVar[str] = "people.person.changed"
    person: int
    fields: tuple[str, ...]


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PersonDismissed(Event):
    """A person may no longer come in."""

    name: ClassVar[str] = "people.person.dismissed"
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PersonReturned(Event):
    """A dismissed person may come in again."""

    name: ClassVar[str] = "people.person.returned"
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PersonInvited(Event):
    """Somebody is to get a letter with the link that lets him in."""

    name: ClassVar[str] = "people.person.invited"
    person: int
    invitation: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordAsked(Event):
    """A person has forgotten his password, and is to get a letter with a link that sets another."""

    name: ClassVar[str] = "people.password.asked"
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordSet(Event):
    """A person has another password; who was signed in with the old one is out."""

    name: ClassVar[str] = "people.password.was_set"
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class SecondFactorChanged(Event):
    """A person proves himself with something else beside the password: an app, recovery codes, a passkey."""

    name: ClassVar[str] = "people.person.second_factor_changed"
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class SignInRulesChanged(Event):
    """The company asks something else of those who sign in."""

    name: ClassVar[str] = "people.sign_in_rules.changed"
    second_factor: str
    only_through_others: bool


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentAdded(Event):
    """The structure has one more department, still without people."""

    name: ClassVar[str] = "people.department.added"
    department: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentChanged(Event):
    """Its name, its head, its place in the tree or its people are different now."""

    name: ClassVar[str] = "people.department.changed"
    department: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentRemoved(Event):
    """A department is gone; nobody worked in it."""

    name: ClassVar[str] = "people.department.removed"
    department: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class GroupChanged(Event):
    """A group was made, renamed or has other people."""

    name: ClassVar[str] = "people.group.changed"
    group: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class RoleChanged(Event):
    """A role was made, renamed, grants something else or is held by others."""

    name: ClassVar[str] = "people.role.changed"
    role: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingTimeChanged(Event):
    """Working hours or special days are different: of a department, of a person, or of the company if both are None."""

    name: ClassVar[str] = "people.working_time.changed"
    department: int | None
    person: int | None


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceAdded(Event):
    """It is known that a person will be away, or is, or was."""

    name: ClassVar[str] = "people.absence.added"
    absence: int
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceRemoved(Event):
    """A person is not away after all."""

    name: ClassVar[str] = "people.absence.removed"
    absence: int
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceAsked(Event):
    """A person asks to be away; his head decides."""

    name: ClassVar[str] = "people.absence.asked"
    absence: int
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceDecided(Event):
    """An absence that was asked for is approved or declined."""

    name: ClassVar[str] = "people.absence.decided"
    absence: int
    person: int
    approved: bool


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceBegan(Event):
    """A person is away now: others stand in for him."""

    name: ClassVar[str] = "people.absence.began"
    absence: int
    person: int


@event
@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceEnded(Event):
    """A person is back: what was not finished for him is his again."""

    name: ClassVar[str] = "people.absence.ended"
    absence: int
    person: int
