"""Inclusive joins: one token goes on once no other can come by a way that has not arrived.

They are looked at when nothing else can move at once, so what is decided depends on the state alone.
"""

from __future__ import annotations

from typing import TypeAlias

from potok.engine.graph import Kind
from potok.engine.run.activation import Activation
from potok.engine.run.step import Entry

Place: TypeAlias = tuple[int, int]  # a join, and the scope in which tokens have come to it


def gather(activation: Activation) -> bool:
    """Let tokens on at one inclusive join; False when all of them still wait."""
    if not activation.program.reach:
        return False
    kinds = activation.program.kinds
    waiting = sorted({key[:2] for key in activation.arrivals if kinds[key[0]] is Kind.GATHER})
    place = _first(activation, waiting)
    if place is None:
        return False
    node, scope = place
    activation.use_up([key for key in activation.arrivals if key[:2] == place])
    activation.journal.append(Entry("gathered", 0, node))
    activation.fan([(activation.program.ways[node][0], scope)])
    return True


def _first(activation: Activation, waiting: list[Place]) -> Place | None:
    """Find a join to which nobody else can come. Those that wait only for each other would wait for ever: the first
    of them goes on."""
    free = [place for place in waiting if not _is_expecting(activation, place)]
    before = {place: [one for one in waiting if one != place and _leads(activation, one, place)] for place in waiting}
    while bound := [place for place in free if any(one not in free for one in before[place])]:
        free = [place for place in free if place not in bound]
    return next((place for place in free if not before[place]), next(iter(free), None))


def _is_expecting(activation: Activation, place: Place) -> bool:
    """Tell whether a token that is on its way may come by a way that has not arrived."""
    listens = activation.program.listens
    tokens = (*activation.tokens.values(), *activation.ready)
    return any(
        _comes(activation, _seen(activation, token.node, token.scope, inside=place[1]), place)
        for token in tokens
        if token.scope != place[1] or token.node not in listens
    )


def _leads(activation: Activation, one: Place, place: Place) -> bool:
    return _comes(activation, _seen(activation, *one, inside=place[1]), place)


def _seen(activation: Activation, node: int, scope: int, *, inside: int) -> int | None:
    """Tell where something stands as seen from a scope: at the node that opened the part it is in."""
    while scope != inside:
        if scope not in activation.scopes:
            return None
        each = activation.scopes[scope]
        node, scope = each.opener, each.parent
    return node


def _comes(activation: Activation, node: int | None, place: Place) -> bool:
    if node is None:
        return False
    join, scope = place
    arrived = {key[2] for key in activation.arrivals if key[:2] == (join, scope)}
    return bool(activation.program.reach[join][node] - arrived)
