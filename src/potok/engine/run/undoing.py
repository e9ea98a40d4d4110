"""Compensation: what is done in a scope is undone, the last first, one after another."""

from __future__ import annotations

from typing import cast

from potok.engine.graph import Caught, Thrown, What
from potok.engine.run.activation import Activation
from potok.engine.run.state import Open, Part, Stand, Token
from potok.engine.run.step import Entry


def undone(activation: Activation, each: Open) -> None:
    """A compensation has ended: the token that waits for it runs the next one, or goes on."""
    activation.close(each.id)
    undo(activation, activation.tokens[each.kept])


def undo(activation: Activation, token: Token) -> None:
    """Compensate what was done last in the scope of this token; when nothing is left, let it go on."""
    code = cast(Thrown, activation.program.payloads[token.node]).code
    names = activation.program.graph.names
    for place in range(len(activation.done) - 1, -1, -1):
        node, scope = activation.done[place]
        if scope == token.scope and code in ("", names[node]):
            del activation.done[place]
            _undo(activation, token, node)
            return
    activation.leave(token)


def _undo(activation: Activation, token: Token, node: int) -> None:
    activation.hold(token, Stand.UNDOING)
    scope = activation.open(node, parent=token.scope, part=Part.UNDOING, kept=token.id)
    for catch in _compensations(activation, node):
        activation.journal.append(Entry("compensated", 0, catch))
        activation.fan([(activation.program.ways[catch][0], scope)])


def undoes(activation: Activation, node: int) -> bool:
    """Tell whether the scope that a node opens can be compensated."""
    return bool(_compensations(activation, node))


def _compensations(activation: Activation, node: int) -> list[int]:
    payloads = activation.program.payloads
    found = activation.program.catches.get(node, ())
    return [each for each in found if cast(Caught, payloads[each]).what == What.COMPENSATION]
