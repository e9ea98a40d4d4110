"""What a node carries besides its ways in and out; one class per kind of node that carries anything."""

from __future__ import annotations

from dataclasses import dataclass
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
    """Conditions of a choice or a loop, one for each way out in order; None always holds."""

    conditions: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """The moment a pause ends: so long from now (`lasts`), or at a moment (`until`), or so long before it (`before`).

    `watches` names the record's fields that the moment depends on: when one moves, the timer moves.
    """

    lasts: Recipe | None = None
    until: Recipe | None = None
    before: Recipe | None = None
    watches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a wait waits for: a message of this name whose values match `where`, or the record meeting `condition`."""

    message: str = ""
    where: tuple[tuple[str, Recipe], ...] = ()
    condition: str = ""
    watches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """Variables to set, in order; a later one sees the earlier."""

    values: tuple[tuple[str, Recipe], ...]


@dataclass(frozen=True, slots=True)
class Calling:
    """Another definition to run; its results are kept under the node's name."""

    definition: str
    params: tuple[tuple[str, Recipe], ...] = ()
    wait: bool = True
    results: tuple[tuple[str, Type], ...] = ()


@dataclass(frozen=True, slots=True)
class Last:
    """The words a terminated instance ends with."""

    text: Recipe


Payload: TypeAlias = Work | Ways | Due | Awaited | Assigned | Calling | Last
