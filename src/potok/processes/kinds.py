"""Which kind of parameter stands for which annotation of a `Params` class: the one table."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from potok.engine import values
from potok.engine.graph import AskedField, Param, ParamKind
from potok.engine.values import Duration, FileRef, Money, PersonRef, RecordRef, Type, Value
from potok.kit.errors import Defect

SPECIAL: list[tuple[Any, ParamKind, Type]] = [
    (tuple[PersonRef | str, ...], ParamKind.PEOPLE, values.many(values.PERSON)),
    (tuple[AskedField, ...], ParamKind.FORM, values.ANY),
    (str, ParamKind.TEXT, values.TEXT),
]
PLAIN: dict[Any, Type] = {
    bool: values.YES_NO,
    int: values.NUMBER,
    Decimal: values.NUMBER,
    Money: values.MONEY,
    date: values.DATE,
    datetime: values.MOMENT,
    Duration: values.DURATION,
    PersonRef: values.PERSON,
    RecordRef: Type("record"),
    FileRef: values.FILE,
    tuple[FileRef, ...]: values.many(values.FILE),
    tuple[str, ...]: values.many(values.TEXT),
    tuple[Duration, ...]: values.many(values.DURATION),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter, with all that was said about it."""

    name: str
    kind: ParamKind
    type: Type
    title: str
    help: str
    required: bool
    default: Any
    choices: Mapping[str, str]
    ends: bool = False


class _Anything:
    value: Value


# The union names itself: once its hint is read, one level of it is spelt out.
ANYTHING = (Value, typing.get_type_hints(_Anything, localns={"Value": Value})["value"])


def parameters(params: type) -> dict[str, Parameter]:
    """Read a `Params` class."""
    # The union of all values names itself, and a block's module need not import it.
    hints = typing.get_type_hints(params, localns={"Value": Value})
    return {each.name: _parameter(each, hints[each.name]) for each in dataclasses.fields(params)}


def described(parameter: Parameter) -> Param:
    """The same as the compiler is told of it."""
    return Param(
        type=parameter.type,
        kind=parameter.kind,
        required=parameter.required,
        default=parameter.default,
        choices=tuple(parameter.choices),
        title=parameter.title,
        ends=parameter.ends,
    )


def _parameter(declared: "dataclasses.Field[Any]", hint: Any) -> Parameter:
    told = declared.metadata
    bare = _without_none(hint)
    kind, type = _kind(bare)
    required = declared.default is dataclasses.MISSING
    return Parameter(
        name=declared.name,
        kind=kind,
        type=told.get("type") or type,
        title=told.get("title", ""),
        help=told.get("help", ""),
        required=required,
        default=None if required else declared.default,
        choices=told.get("choices") or {each: each for each in typing.get_args(bare) if kind is ParamKind.CHOICE},
        ends=told.get("ends", False),
    )


def _kind(hint: Any) -> tuple[ParamKind, Type]:
    if typing.get_origin(hint) is Literal:
        return ParamKind.CHOICE, values.CHOICE
    for special, kind, type in SPECIAL:
        if hint == special:
            return kind, type
    if typing.get_origin(hint) is Mapping:
        # Values by name, or answers by name, each of which is said by values in turn.
        is_nested = typing.get_origin(typing.get_args(hint)[1]) is Mapping
        return (ParamKind.ANSWERS if is_nested else ParamKind.FIELDS), values.ANY
    if hint in PLAIN:
        return ParamKind.VALUE, PLAIN[hint]
    if hint in ANYTHING:
        return ParamKind.VALUE, values.ANY
    raise Defect(f"no kind of parameter stands for {hint}")


def _without_none(hint: Any) -> Any:
    if hint in ANYTHING or not isinstance(hint, types.UnionType):
        return hint
    rest = [each for each in typing.get_args(hint) if each is not type(None)]
    return rest[0] if len(rest) == 1 else hint
