"""What a definition says about itself before its first step: names, triggers, declarations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from potok.engine.time import Schedule
from potok.engine.values import TEXT, Duration, Type, Value


@dataclass(frozen=True, slots=True)
class Declaration:
    """A parameter, variable or constant."""

    name: str
    type: Type = TEXT
    title: str = ""
    help: str = ""
    required: bool = False
    default: Value = None
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody by what he does in the process. `people` says who that is here: codes and formulas, as they are written.

    Steps name the role, so that whom it means is said in one place.
    """

    name: str
    title: str = ""
    people: tuple[str, ...] = ()


class On(StrEnum):
    """What starts an instance. The values are stored and written in definitions."""

    MANUAL = "manual"
    CREATED = "created"
    CHANGED = "changed"  # any change; with `field` that field's; with `was` and `now` from one value to another
    BECAME = "became"  # the field got this value and had another before
    LEFT = "left"  # the field had this value and got another
    STAYED = "stayed"  # the field kept this value, or whatever value it has, for so long
    DELETED = "deleted"
    SCHEDULE = "schedule"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Awaits:
    """The message that starts an instance: its name, and what its values must be.

    `record` names the value that holds the record's number; values called like parameters become them.
    """

    name: str
    where: tuple[tuple[str, str], ...] = ()
    record: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A reason to start; judged on the announced change (before and after), never on the row as it stands later.

    `when` is a condition that has to hold besides: as it was written, in a compiled graph a formula. `lasts` is for how
    long a value has to stay, in working time if `working` says so. `by` says who may start it by hand: codes and roles
    as they were written, in a compiled graph codes; nobody named: everybody.
    """

    on: On
    field: str = ""
    was: Value = None
    now: Value = None
    when: Any = ""
    lasts: Duration | None = None
    working: bool = False
    schedule: Schedule | None = None
    message: Awaits | None = None
    by: tuple[str, ...] = ()


class Again(StrEnum):
    """What a start does while an instance of the definition runs on the record."""

    SKIP = "skip"
    BESIDE = "beside"
    AFTER = "after"
    INSTEAD = "instead"


class ActsAs(StrEnum):
    """In whose name the blocks act."""

    SYSTEM = "system"
    INITIATOR = "initiator"


@dataclass(frozen=True, slots=True)
class Header:
    """Everything the shell must know of a definition besides its nodes."""

    definition: str
    title: str = ""
    record: str = ""  # the record type; empty: the process runs on no record
    help: str = ""
    triggers: tuple[Trigger, ...] = (Trigger(On.MANUAL),)
    again: Again = Again.SKIP
    acts_as: ActsAs = ActsAs.SYSTEM
    starts_itself: bool = False  # may an instance's own change of the record start this definition again
    zone: str = ""  # empty: the company's
    parameters: tuple[Declaration, ...] = ()
    variables: tuple[Declaration, ...] = ()
    constants: tuple[Declaration, ...] = ()
    results: tuple[str, ...] = ()  # variables whose last values a calling process gets
    roles: tuple[Role, ...] = ()
