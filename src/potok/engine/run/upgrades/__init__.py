"""Old formats of the state, brought to the newest: one function per old format, from it to the one after it."""

from collections.abc import Callable, Mapping
from typing import Any

Upgrade = Callable[[list[Any]], list[Any]]


def _with_parts(state: list[Any]) -> list[Any]:
    """From 1: scopes say what they are there for; the nodes spent on lists, and what can be compensated, come last."""
    _format, sequence, spent, ended, tokens, scopes, arrivals = state
    return [2, sequence, spent, ended, tokens, [[*scope, 0, None] for scope in scopes], arrivals, 0, []]


UPGRADES: Mapping[int, Upgrade] = {1: _with_parts}


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
