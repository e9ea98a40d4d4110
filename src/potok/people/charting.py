"""The structure as a picture: where each department's box stands, and the lines between them. Values in, values out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 236, 62
BETWEEN, BESIDE = 44, 14
EDGE = 12
LETTERS = 27


@dataclass(frozen=True, slots=True)
class Place:
    """A department as the picture needs it; those above stand before those below."""

    id: int
    above: int | None
    name: str
    head: str
    people: int


@dataclass(frozen=True, slots=True)
class Box:
    """A department where it is drawn; `name` and `head` fit into the box."""

    place: Place
    x: int
    y: int
    name: str
    head: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Boxes from left to right, the top of the company first; `lines` are paths of SVG."""

    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    width: int
    height: int


def laid(places: Sequence[Place]) -> Chart:
    """Lay the tree out: what stands under a department stands to the right of it, and none covers another."""
    under: dict[int | None, list[Place]] = defaultdict(list)
    for place in places:
        under[place.above].append(place)
    rows: dict[int, float] = {}
    depths: dict[int, int] = {}
    _stand(under, None, 0, rows, depths)
    boxes = {one.id: _box(one, depths[one.id], rows[one.id]) for one in places}
    return Chart(
        tuple(boxes.values()),
        tuple(_line(boxes[one.above], boxes[one.id]) for one in places if one.above is not None),
        width=EDGE * 2 + (max(depths.values(), default=0) + 1) * (WIDE + BETWEEN) - BETWEEN,
        height=EDGE * 2 + sum(1 for one in places if not under[one.id]) * (HIGH + BESIDE) - BESIDE,
    )


def _stand(
    under: dict[int | None, list[Place]], above: int | None, depth: int, rows: dict[int, float], depths: dict[int, int]
) -> None:
    """Give leaves the next row, and whatever has some below it the middle of those."""
    for one in under[above]:
        depths[one.id] = depth
        taken = sum(1 for id in rows if not under[id])
        _stand(under, one.id, depth + 1, rows, depths)
        below = under[one.id]
        rows[one.id] = (rows[below[0].id] + rows[below[-1].id]) / 2 if below else taken


def _box(place: Place, depth: int, row: float) -> Box:
    x, y = EDGE + depth * (WIDE + BETWEEN), EDGE + round(row * (HIGH + BESIDE))
    return Box(place, x, y, _cut(place.name), _cut(place.head))


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip()}…"


def _line(above: Box, below: Box) -> str:
    start, end, middle = above.x + WIDE, below.x, above.x + WIDE + BETWEEN // 2
    return f"M{start} {above.y + HIGH // 2}H{middle}V{below.y + HIGH // 2}H{end}"
