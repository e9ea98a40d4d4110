"""What a compiler must be told about the world: blocks, record types, people, other definitions.

The engine imports none of these; whoever compiles hands them in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from potok.engine.graph.header import Declaration
from potok.engine.graph.recipe import FormField
from potok.engine.values import TEXT, Type, Value


class ParamKind(StrEnum):
    """How a parameter is written down and checked."""

    VALUE = "value"  # a typed value: literal or formula
    TEXT = "text"  # text with inserted values
    PEOPLE = "people"  # persons, roles, groups and formulas; gives a tuple of PersonRef and access codes
    FIELDS = "fields"  # values for fields of the record
    FORM = "form"  # fields that a person fills in, each kept in the variable of its name
    ANSWERS = "answers"  # further answers that may be given: by name a title, or a title with what the answer needs
    CHOICE = "choice"  # one of `choices`, never a formula


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a block. With `ends` it is a deadline: a date means the end of its day, not the beginning."""

    type: Type = TEXT
    kind: ParamKind = ParamKind.VALUE
    required: bool = False
    default: Value = None
    choices: tuple[str, ...] = ()
    title: str = ""
    ends: bool = False


Results = Mapping[str, Type]
FormFields = Mapping[str, tuple[FormField, ...]]  # by the name of the parameter that holds the form


@dataclass(frozen=True, slots=True)
class Face:
    """The pure description of a block.

    `results` may depend on the forms written in the parameters: a function from them to the results.
    A block that never waits cannot begin a way of a race. `serves` names what the block does for a notation that puts
    it into the graph by itself: nobody then needs to know its name.
    """

    name: str
    params: Mapping[str, Param] = field(default_factory=dict)
    results: Results | Callable[[FormFields], Results] = field(default_factory=dict)
    waits: bool = False
    title: str = ""
    serves: str = ""

    def results_of(self, forms: FormFields) -> Results:
        """Say which results the block gives when its forms are these."""
        return self.results(forms) if callable(self.results) else self.results


Catalogue = Mapping[str, Face]


@dataclass(frozen=True, slots=True)
class Called:
    """What a calling definition must know of another; `runs` and `waits_for` are the codes of what that one calls."""

    parameters: tuple[Declaration, ...] = ()
    results: Mapping[str, Type] = field(default_factory=dict)
    record: str = ""
    runs: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()


PERSON_FIELDS = "person"  # the name under which `Surroundings.records` gives the fields of a person


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The world a definition is checked against.

    `records` gives the fields of every record type, and of a person under the name `person`, so that links can be
    followed: `{=Document:company.title}`, `{=Document:responsible.head}`. `people` holds the access codes that exist
    (`group_d5`, `user_12`); None: not checked. `choices` holds the permitted values of fields that have a list of
    them, by record type and field. `shared` holds what all definitions share: by `GlobalVar` and `GlobalConst`, names
    with types.
    """

    records: Mapping[str, Mapping[str, Type]] = field(default_factory=dict)
    people: frozenset[str] | None = None
    definitions: Mapping[str, Called] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    shared: Mapping[str, Mapping[str, Type]] = field(default_factory=dict)
