"""How a parameter comes by its value when its node is reached: data, kept in the graph.

Formulas are kept as their text, so that a graph can be read, compared and hashed; `engine.run` reads them once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from potok.engine.values import Type, Value


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value known when the definition was compiled."""

    value: Value


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, worked out and brought to `type`; with `ends` a date means the end of its day."""

    text: str
    type: Type
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Text with inserted values."""

    template: str


@dataclass(frozen=True, slots=True)
class People:
    """A list of persons, roles and groups.

    Worked out to a tuple of `PersonRef` and of access codes such as `group_d5`; the shell expands the codes.
    """

    items: tuple[Fixed | Formula, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A list whose items are worked out one by one."""

    items: tuple[Recipe, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Values by name: fields of a record, parameters of a called definition."""

    items: tuple[tuple[str, Recipe], ...]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field that a person fills in; `name` is also the variable that keeps the answer."""

    name: str
    type: Type
    title: str = ""
    help: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    default: Recipe | None = None
    among: Recipe | None = None  # the values that may be picked: a person field narrowed to subordinates


@dataclass(frozen=True, slots=True)
class Form:
    """A form; worked out to a tuple of `AskedField`."""

    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field of a form as it is shown: the default and the permitted values are values now."""

    name: str
    type: Type
    title: str
    help: str
    required: bool
    choices: tuple[tuple[str, str], ...]
    default: Value
    among: Value


Recipe: TypeAlias = Fixed | Formula | Text | People | Several | Fields | Form
