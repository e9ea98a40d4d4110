"""How a function of the language is declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from potok.engine.values import Type


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument: the types it takes, the first being the one others are turned into."""

    name: str
    types: tuple[Type, ...]
    required: bool = True
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function users may call: its public name, what it is good for, what it takes and gives."""

    name: str
    about: str
    takes: tuple[Parameter, ...]
    gives: Type | Callable[..., Type]
    perform: Callable[..., Any]


_declared: dict[str, Function] = {}


def all_functions() -> Mapping[str, Function]:
    """List the functions by name."""
    return MappingProxyType(_declared)
