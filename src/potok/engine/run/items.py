"""What a step that goes through a list tells of an item, and where the list is kept meanwhile.

The list lies among the values of the instance, in chunks under scope numbers of their own: neither a turn's writing nor
its reading grows with it. Beside each chunk of items lies one of what was gathered of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from potok.engine.graph import Scoped
from potok.engine.run.asks import Named
from potok.engine.run.reader import Around, Reader
from potok.engine.run.state import Open, Part, Progress
from potok.engine.values import Value

if TYPE_CHECKING:
    from potok.engine.run.program import Program

CHUNK = 100
ITEMS = "items"


def chunks(progress: Progress) -> tuple[int, ...]:
    """List the scope numbers that a list uses for its values."""
    values, total, *_ = progress
    return tuple(range(values, values + 2 * -(-total // CHUNK)))


def home(progress: Progress, index: int) -> int:
    """Under which scope number an item is kept; what is gathered of it lies under the next."""
    return progress.values + index // CHUNK * 2


def split(found: tuple[Value, ...]) -> Iterator[tuple[Value, ...]]:
    """Cut a list into chunks."""
    return (found[begin : begin + CHUNK] for begin in range(0, len(found), CHUNK))


def around(program: Program, scopes: Mapping[int, Open], scope: int) -> tuple[Around, ...]:
    """Find the items inside which a scope lies, the nearest first."""
    found: list[Around] = []
    while scope:
        each = scopes[scope]
        if each.part is Part.ITEM:
            found.append(told(program, each, Progress(*scopes[each.parent].kept)))
        scope = each.parent
    return tuple(found)


def told(program: Program, each: Open, progress: Progress) -> Around:
    """What a step tells of an item."""
    source, index = program.graph.names[each.opener], each.kept
    item = Named(source, ITEMS, home(progress, index))
    known: dict[str, Callable[[Reader], Value]] = {
        "index": lambda reader: index + 1,
        "key": lambda reader: index,
        "count": lambda reader: progress.total,
        "finished": lambda reader: progress.finished,
        cast(Scoped, program.payloads[each.opener]).item: partial(_item, item, index % CHUNK),
    }
    return each.id, source, known


def _item(chunk: Named, place: int, reader: Reader) -> Value:
    return cast("tuple[Value, ...]", reader.given(chunk))[place]
