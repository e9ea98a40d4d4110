"""What an operator does to a running instance: set a token down elsewhere, set variables."""

from __future__ import annotations

from potok.engine.graph import ROOT, Graph, Kind
from potok.engine.run import events
from potok.engine.run.activation import Activation, withdrawal
from potok.engine.run.branches import branches
from potok.engine.run.state import Stand, State, Token
from potok.engine.values import Value, WrongType, coerce, encode

# Nothing can be set down at what only joins tokens, or only listens.
CLOSED = frozenset({Kind.START, Kind.JOIN, Kind.WIN, Kind.GATHER, Kind.CATCH, Kind.AGAIN})
BUSY = frozenset({Stand.PERFORMING, Stand.UNDOING})


def places(graph: Graph, state: State, token: Token) -> tuple[int, ...]:
    """List the nodes at which a token may be set down: those of its scope, and in a parallel part of its branch."""
    openers = {each.id: each.opener for each in state.scopes}
    if token.stand in BUSY or state.ended or (token.scope != ROOT and token.scope not in openers):
        return ()
    if token.scope == ROOT:
        return _open_nodes(graph, ROOT)
    opener = openers[token.scope]
    inner = graph.opened[opener] or ROOT
    nodes = _open_nodes(graph, inner)
    if graph.kinds[opener] is Kind.SCOPE:
        return () if _is_listener(graph, opener, token.node) else nodes
    return tuple(
        node for node in nodes if any({node, token.node} <= branch.nodes for branch in branches(graph, opener))
    )


def _open_nodes(graph: Graph, scope: int) -> tuple[int, ...]:
    opener = graph.scopes[scope][0]
    return tuple(
        node
        for node, kind in enumerate(graph.kinds)
        if graph.scope[node] == scope and kind not in CLOSED and not _is_listener(graph, opener, node)
    )


def _is_listener(graph: Graph, opener: int, node: int) -> bool:
    if opener < 0 or graph.kinds[opener] is not Kind.SCOPE:
        return False
    return any(graph.flows[flow][1] == node for flow in graph.events(opener))


def moved(activation: Activation, token: Token, event: events.Moved) -> bool:
    """Set a token down at another node; False if it cannot be."""
    graph = activation.program.graph
    if event.node not in places(graph, activation.step().state, token):
        return False
    del activation.tokens[token.id]
    activation.effects += withdrawal(token)
    activation.note("moved", token, graph.names[event.node])
    activation.ready.append(Token(activation.number(), event.node, token.scope, Stand.READY))
    return True


def assigned(activation: Activation, event: events.Assigned) -> bool:
    """Set variables; False if one of them cannot be set."""
    types = {each.name: each.type for each in activation.program.graph.header.variables}
    try:
        values: dict[str, Value] = {
            name: coerce(value, types[name], zone=activation.context.clock) for name, value in event.values.items()
        }
    except (KeyError, WrongType):
        return False
    activation.assign(values)
    token = Token(0, activation.program.entry, ROOT, Stand.READY)
    activation.note("assigned", token, {name: encode(value) for name, value in values.items()})
    return bool(values)
