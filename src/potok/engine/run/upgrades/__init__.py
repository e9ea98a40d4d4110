"""Old formats of the state, brought to the newest: one function per old format, from it to the one after it."""

from collections.abc import Callable, Mapping
from typing import Any

Upgrade = Callable[[list[Any]], list[Any]]

UPGRADES: Mapping[int, Upgrade] = {}


def to_newest(plain: Any, *, newest: int, upgrades: Mapping[int, Upgrade] = UPGRADES) -> list[Any]:
    """Bring a state to the newest format; ValueError for what is no state, or one from the future."""
    if not isinstance(plain, list) or not plain or not isinstance(plain[0], int):
        raise ValueError("This is no state of an instance.")
    state: list[Any] = plain
    while state[0] != newest:
        if state[0] not in upgrades:
            raise ValueError(f"The state has format {state[0]}; this version knows formats up to {newest}.")
        state = upgrades[state[0]](state)
    return state
