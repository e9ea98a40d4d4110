"""Names with types: parameters, variables and constants of a definition, fields of a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from potok.engine.graph import Declaration
from potok.engine.notation.tree import literal
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.problems import _, problem
from potok.engine.values import KINDS, Type, Value, WrongType

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")

WRONG_NAME = problem(
    "tree.wrong_name",
    _("“{name}” cannot be a name."),
    hint=_("Begin with a Latin letter; go on with letters, digits and “_”."),
)
WRONG_VALUE = problem("tree.wrong_value", _("“{value}” is not a {type}."), hint=_("Write a value of that kind."))

Choices = tuple[tuple[str, str], ...]


def read(given: Given, *, name: str) -> Declaration:
    """Take a declaration: type, title, help, required, multiple, of, choices, default."""
    if not NAME.fullmatch(name):
        given.complain(WRONG_NAME, name=name)
    type_ = read_type(given)
    found = Declaration(
        name=name,
        type=type_,
        title=given.text("title"),
        help=given.text("help"),
        required=given.yes("required"),
        default=read_value(given, "default", type=type_),
        choices=read_choices(given),
    )
    given.nothing_else()
    return found


def write(declaration: Declaration) -> dict[str, Plain]:
    """Give the keys that `read` takes."""
    words = filled(
        title=declaration.title,
        help=declaration.help,
        required=declaration.required,
        choices=dict(declaration.choices),
    )
    default = {} if declaration.default is None else {"default": literal.plain(declaration.default)}
    return {**write_type(declaration.type), **words, **default}


def read_type(given: Given) -> Type:
    """Take `type`, `multiple` and `of`; text when nothing is said."""
    kind = given.one_of("type", str, default="text", offered=KINDS)
    return Type(kind, given.yes("multiple"), given.text("of"))


def write_type(type: Type) -> dict[str, Plain]:
    """Give the keys that `read_type` takes."""
    return {"type": type.kind, **filled(multiple=type.multiple, of=type.of)}


def read_value(given: Given, key: str, *, type: Type) -> Value:
    """Take a value that is written out."""
    found = given.any(key)
    if found is None:
        return None
    try:
        return literal.value(found, type)
    except WrongType as wrong:
        given.complain(WRONG_VALUE, key, value=wrong.value, type=str(type))
        return None


def read_choices(given: Given) -> Choices:
    """Take choices: names with titles."""
    return tuple((key, key if title is None else str(title)) for key, title in given.mapping("choices").items())


def filled(**keys: Any) -> dict[str, Plain]:
    """Leave out what says nothing: the empty and the false."""
    return {key: plain for key, plain in keys.items() if plain not in NOTHING}


NOTHING: Sequence[Plain] = (None, False, "", [], {})
