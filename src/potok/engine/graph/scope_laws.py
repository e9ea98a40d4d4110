"""The laws of scopes: ways that open and close them, and the events that listen while they are open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from potok.engine.graph.graph import Graph
from potok.engine.graph.kinds import CLOSING, OPENING, Kind
from potok.engine.graph.payload import Caught, Due, Scoped, What
from potok.engine.problems import Declared, Place, Problem, _, problem

TORN_SCOPE = problem(
    "graph.torn_scope",
    _("The way from “{node}” to “{target}” jumps into or out of a parallel part."),
    hint=_("Lead it through the beginning and the end of that part."),
)
NO_EVENT = problem("graph.no_event", _("“{node}” begins a way of a race but waits for nothing."))
NO_LISTENER = problem(
    "graph.no_listener",
    _("“{node}” cannot listen beside other steps."),
    hint=_("Lead one way to it, from the beginning of its part, and let it wait for something."),
)
STRAY_CATCH = problem("graph.stray_catch", _("“{node}” catches, but is no event of a part."))
ERROR_STAYS = problem("graph.error_stays", _("After the error “{node}” the way must leave the part at once."))
NOT_AGAIN = problem(
    "graph.not_again",
    _("“{node}” would let an event happen again that happens once."),
    hint=_("It belongs right behind a message, a condition, a step that waits or a pause of some length."),
)
TOO_DEEP = problem(
    "graph.too_deep", _("“{node}” lies within {count} parts; {most} are possible."), hint=_("Call another process.")
)
UNDO_LEAVES = problem(
    "graph.undo_leaves", _("The compensation “{node}” leaves its part."), hint=_("Let its way end within the part.")
)
NO_EXIT = problem("graph.no_exit", _("“{node}” lacks a way on for when everything within it is done."))
MIXED = problem("graph.mixed_scope", _("“{node}” either stays, or is passed for each item of a list."))

EVENTS = frozenset({Kind.BLOCK, Kind.PAUSE, Kind.WAIT, Kind.CALL})
DEPTH_MAX = 100


def check_scopes(graph: Graph) -> Iterator[Problem]:
    """Find every breach of the laws of scopes."""
    for flow, (source, target) in enumerate(graph.flows):
        if graph.after(flow) != _scope_before(graph, target):
            yield _about(graph, source, TORN_SCOPE, target=graph.names[target])
    for opener, _parent in graph.scopes[1:]:
        if graph.kinds[opener] not in OPENING:
            yield _about(graph, opener, TORN_SCOPE, target=graph.names[opener])
    for node, kind in enumerate(graph.kinds):
        if kind in LAWS:
            yield from LAWS[kind](graph, node)


def _about(graph: Graph, node: int, declared: Declared, **fields: object) -> Problem:
    name = graph.names[node]
    return declared.at(Place((name,)), node=name, **fields)


def _scope_before(graph: Graph, node: int) -> int:
    """In which scope a token must be when it enters the node; a join lies outside and is entered from within."""
    if graph.kinds[node] not in CLOSING:
        return graph.scope[node]
    inner = {graph.after(flow) for flow in graph.ins[node]}
    return next((scope for scope in inner if len(inner) == 1 and _closes(graph, node, scope)), -1)


def _closes(graph: Graph, node: int, scope: int) -> bool:
    opener, parent = graph.scopes[scope]
    if parent != graph.scope[node] or opener < 0:
        return False
    return graph.kinds[node] is Kind.WIN or graph.kinds[opener] is Kind.FORK


def _check_depth(graph: Graph, node: int) -> Iterator[Problem]:
    depth, scope = 0, graph.scope[node]
    while scope > 0:
        scope, depth = graph.scopes[scope][1], depth + 1
    if depth >= DEPTH_MAX:
        yield _about(graph, node, TOO_DEEP, count=depth, most=DEPTH_MAX)


def _check_race(graph: Graph, node: int) -> Iterator[Problem]:
    yield from _check_depth(graph, node)
    for flow in graph.outs[node]:
        event = graph.flows[flow][1]
        if graph.kinds[event] not in EVENTS or _next_kinds(graph, event) != [Kind.WIN]:
            yield _about(graph, event, NO_EVENT)


def _check_scope(graph: Graph, node: int) -> Iterator[Problem]:
    yield from _check_depth(graph, node)
    payload = graph.payloads[node]
    if isinstance(payload, Scoped):
        if payload.stays and payload.each is not None:
            yield _about(graph, node, MIXED)
        if not payload.stays and len(graph.outs[node]) < 2:
            yield _about(graph, node, NO_EXIT)
    for flow in graph.events(node):
        event = graph.flows[flow][1]
        if graph.kinds[event] not in EVENTS | {Kind.CATCH} or len(graph.ins[event]) != 1:
            yield _about(graph, event, NO_LISTENER)


def _check_catch(graph: Graph, node: int) -> Iterator[Problem]:
    if not _listens(graph, node):
        yield _about(graph, node, STRAY_CATCH)
    caught = graph.payloads[node]
    if isinstance(caught, Caught) and caught.what == What.ERROR and _next_kinds(graph, node) != [Kind.WIN]:
        yield _about(graph, node, ERROR_STAYS)
    if isinstance(caught, Caught) and caught.what == What.COMPENSATION and _leaves(graph, node):
        yield _about(graph, node, UNDO_LEAVES)


def _leaves(graph: Graph, node: int) -> bool:
    """Tell whether a way from a node leads out of its scope."""
    scope, todo, seen = graph.scope[node], [node], {node}
    while todo:
        for way in graph.outs[todo.pop()]:
            target = graph.flows[way][1]
            if graph.kinds[target] is Kind.WIN and graph.after(way) == scope:
                return True
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return False


def _check_again(graph: Graph, node: int) -> Iterator[Problem]:
    before = [graph.flows[flow][0] for flow in graph.ins[node]]
    if len(before) != 1 or not _listens(graph, before[0]) or not _repeats(graph, before[0]):
        yield _about(graph, node, NOT_AGAIN)


def _listens(graph: Graph, node: int) -> bool:
    """Tell whether a node is an event of a scope."""
    opener = graph.scopes[graph.scope[node]][0]
    if opener < 0 or graph.kinds[opener] is not Kind.SCOPE:
        return False
    return any(graph.flows[flow][1] == node for flow in graph.events(opener))


def _repeats(graph: Graph, node: int) -> bool:
    """A moment comes once, and what is caught listens on by itself: to repeat either would be endless, or nothing."""
    payload = graph.payloads[node]
    return graph.kinds[node] in EVENTS and (
        not isinstance(payload, Due) or payload.lasts is not None or payload.from_now
    )


def _next_kinds(graph: Graph, node: int) -> list[Kind]:
    return [graph.kinds[graph.flows[way][1]] for way in graph.outs[node]]


LAWS: Mapping[Kind, Callable[[Graph, int], Iterator[Problem]]] = {
    Kind.FORK: _check_depth,
    Kind.RACE: _check_race,
    Kind.SCOPE: _check_scope,
    Kind.CATCH: _check_catch,
    Kind.AGAIN: _check_again,
}
