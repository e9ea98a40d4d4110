"""What a node carries besides its ways in and out; one class per kind of node that carries anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from potok.engine.graph.recipe import Recipe
from potok.engine.values import Type


@dataclass(frozen=True, slots=True)
class Work:
    """A block to perform.

    `results` are kept under the node's name, `stores` as variables: the answers of a form.
    """

    block: str
    params: tuple[tuple[str, Recipe], ...] = ()
    results: tuple[tuple[str, Type], ...] = ()
    stores: tuple[tuple[str, Type], ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """Conditions of a choice, a loop or a split, one for each way out in order.

    None always holds; in a split it holds if no other does.
    """

    conditions: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """The moment a pause ends: so long from now (`lasts`), or at a moment (`until`), or so long before it (`before`).

    `watches` names the record's fields that the moment depends on: when one moves, the timer moves. A moment that is
    reckoned `from_now` is a length too: it comes anew each time.
    """

    lasts: Recipe | None = None
    until: Recipe | None = None
    before: Recipe | None = None
    watches: tuple[str, ...] = ()
    from_now: bool = False


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a wait waits for: a message of this name whose values match `where`, or the record meeting `condition`.

    Of a message, `results` are kept under the node's name. `record` is the one to watch when it is not the process's.
    """

    message: str = ""
    where: tuple[tuple[str, Recipe], ...] = ()
    condition: str = ""
    watches: tuple[str, ...] = ()
    record: Recipe | None = None
    results: tuple[tuple[str, Type], ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """Variables to set, in order; a later one sees the earlier."""

    values: tuple[tuple[str, Recipe], ...]


@dataclass(frozen=True, slots=True)
class Calling:
    """Another definition to run, on the process's record or another; its results are kept under the node's name."""

    definition: str
    params: tuple[tuple[str, Recipe], ...] = ()
    wait: bool = True
    results: tuple[tuple[str, Type], ...] = ()
    record: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Last:
    """The words a terminated instance ends with."""

    text: Recipe


@dataclass(frozen=True, slots=True)
class Scoped:
    """How a scope is passed.

    With `stays` it remains open until a win leaves it. With `each` it is passed once for every item of that list, in
    order or `at_once`, each item in a scope of its own, until `enough` holds after one of them; `item` is the name of
    the item among the results of the scope. `gathers` is worked out for each item and kept as lists, in their order.
    """

    stays: bool = False
    each: Recipe | None = None
    item: str = "item"
    at_once: bool = False
    enough: str = ""
    gathers: tuple[tuple[str, Recipe], ...] = ()


class What(StrEnum):
    """What is thrown and caught. The values are stored."""

    ERROR = "error"
    ESCALATION = "escalation"
    COMPENSATION = "compensation"


@dataclass(frozen=True, slots=True)
class Caught:
    """What an event of a scope catches: errors or escalations of these codes (none: all), or compensation."""

    what: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thrown:
    """What is thrown. For a compensation, `code` names the one scope to compensate; empty: all that are done."""

    what: str
    code: str = ""
    text: Recipe | None = None


@dataclass(frozen=True, slots=True)
class Enough:
    """How many arrivals a win waits for; if fewer can come, it is content with the last."""

    count: Recipe


Payload: TypeAlias = Work | Ways | Due | Awaited | Assigned | Calling | Last | Scoped | Caught | Thrown | Enough
