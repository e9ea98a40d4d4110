"""Where the ways of conditions lie in a text: a way is `step:number`, a picture knows branches by their places."""

from collections.abc import Iterator
from typing import Any

BRANCHES = ("if", "cases")
BACK = "back"


def lanes(plain: Any) -> dict[str, str]:
    """Give the place of each branch by the name of its way: `agreed:0` is `do.1.if.0`.

    An "otherwise" that nobody has written is the place behind the last; `calls:back` is the steps of a loop, `do.2.do`.
    """
    return dict(_within(plain, ()))


def _within(plain: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(plain, list):
        for at, item in enumerate(plain):
            yield from _within(item, (*path, str(at)))
    elif isinstance(plain, dict):
        name = str(plain.get("id") or ".".join(path))
        if "while" in plain:
            yield f"{name}:{BACK}", ".".join((*path, "do"))
        for key, held in plain.items():
            if key in BRANCHES and isinstance(held, list):
                yield from ((f"{name}:{at}", ".".join((*path, key, str(at)))) for at in range(len(held) + 1))
            yield from _within(held, (*path, str(key)))
