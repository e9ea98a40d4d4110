"""REST methods under foreign names: how a part tells the REST door what it answers to.

A part's `dialect.py` holds field names, value forms and pure functions, and declares its methods here; `rest/` holds
the protocol and no field name. The OpenAPI document is derived from the same declarations.

    class ListArguments(Arguments):
        filter: dict[str, Any] = {}
        start: int = 0

    @method("crm.deal.list", scope="crm")
    def list_deals(call: Call, given: ListArguments) -> Page: ...
"""

import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from potok.kit.calls import Call
from potok.kit.operations import first_line
from potok.kit.registry import Registry

PAGE = 50


class Arguments(BaseModel):
    """The arguments of a method; names are matched in any letter case, unknown ones are let be."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True, arbitrary_types_allowed=True)


A = TypeVar("A", bound=Arguments)


class WireError(Exception):
    """An answer that says no, as it goes over the wire."""

    def __init__(self, code: str | int, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.code, self.description, self.status = code, description, status


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a list: what goes into `result`, how many there are in all, and where the next piece begins."""

    result: Any
    total: int
    next: int | None = None


def page(result: Any, *, start: int, shown: int, total: int) -> Page:
    """Make a page of the usual size; with `start` −1 nothing was counted and nothing follows."""
    if start < 0:
        return Page(result, 0)
    end = start + shown
    return Page(result, total, end if end < total else None)


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `positional` names the arguments of those few that take them by order."""

    name: str
    scope: str
    takes: type[Arguments]
    answer: Callable[[Call, Any], Any]
    positional: tuple[str, ...] = ()
    title: str = field(default="")


methods: Registry[Method] = Registry("REST method")


def method(
    name: str, *, scope: str, positional: tuple[str, ...] = ()
) -> Callable[[Callable[[Call, A], Any]], Callable[[Call, A], Any]]:
    """Answer a REST method of this name; the second parameter's annotation says what it takes."""

    def declare(answer: Callable[[Call, A], Any]) -> Callable[[Call, A], Any]:
        takes = typing.get_type_hints(answer)["given"]
        methods.add(name, Method(name, scope, takes, answer, positional, first_line(answer)))
        return answer

    return declare
