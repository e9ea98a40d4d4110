"""The laws of a token graph. A compiler that keeps them gives the interpreter nothing to stumble over."""

from __future__ import annotations

from collections.abc import Iterator

from potok.engine.graph.graph import ROOT, Graph
from potok.engine.graph.kinds import CLOSING, OPENING, Kind
from potok.engine.graph.payload import Assigned, Awaited, Calling, Due, Last, Ways, Work
from potok.engine.problems import Place, Problem, _, problem

ONE_ENTRY = problem("graph.one_entry", _("A process begins in one place; here are {count}."))
DEAD_END = problem("graph.dead_end", _("The way ends nowhere after “{node}”."), hint=_("Lead it on, or to the end."))
TOO_MANY_WAYS = problem("graph.ways", _("“{node}” has {count} ways out, which a {kind} cannot have."))
UNREACHED = problem("graph.unreached", _("Nothing leads to “{node}”."), hint=_("Remove it, or lead a way there."))
WRONG_PAYLOAD = problem("graph.payload", _("“{node}” does not carry what a {kind} needs."))
DOUBLED = problem("graph.doubled_name", _("Two steps are called “{node}”."), hint=_("Give one of them another id."))
TORN_SCOPE = problem(
    "graph.torn_scope",
    _("The way from “{node}” to “{target}” jumps into or out of a parallel part."),
    hint=_("Lead it through the beginning and the end of that part."),
)
LOST_END = problem(
    "graph.lost_end",
    _("“{node}” ends a way inside a parallel part, which would wait for it for ever."),
    hint=_("Lead the way to the end of that part, or terminate the process."),
)
NO_EVENT = problem("graph.no_event", _("“{node}” begins a way of a race but waits for nothing."))

CARRIES: dict[Kind, type] = {
    Kind.BLOCK: Work, Kind.CHOICE: Ways, Kind.LOOP: Ways, Kind.PAUSE: Due, Kind.WAIT: Awaited,
    Kind.ASSIGN: Assigned, Kind.CALL: Calling, Kind.TERMINATE: Last,
}  # fmt: skip
ENDING = frozenset({Kind.END, Kind.TERMINATE})
BRANCHING = OPENING | {Kind.CHOICE, Kind.LOOP}
EVENTS = frozenset({Kind.BLOCK, Kind.PAUSE, Kind.WAIT, Kind.CALL})


def check(graph: Graph) -> list[Problem]:
    """Find every breach of the laws; an empty list is a sound graph."""
    found = [DOUBLED.at(Place((name,)), node=name) for name in _doubled(graph.names)]
    entries = graph.kinds.count(Kind.START)
    if entries != 1:
        found.append(ONE_ENTRY.at(count=entries))
    reached = _reached(graph)
    for node in range(len(graph.kinds)):
        found += _check_node(graph, node)
        if node not in reached and graph.kinds[node] is not Kind.START:
            found.append(UNREACHED.at(Place((graph.names[node],)), node=graph.names[node]))
    return found + list(_check_scopes(graph))


def _doubled(names: tuple[str, ...]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _reached(graph: Graph) -> set[int]:
    todo = [node for node, kind in enumerate(graph.kinds) if kind is Kind.START]
    seen: set[int] = set()
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += [graph.flows[flow][1] for flow in graph.outs[node]]
    return seen


def _check_node(graph: Graph, node: int) -> Iterator[Problem]:
    kind, payload, ways = graph.kinds[node], graph.payloads[node], len(graph.outs[node])
    place, name = Place((graph.names[node],)), graph.names[node]
    if not isinstance(payload, CARRIES.get(kind, type(None))) or (
        isinstance(payload, Ways) and len(payload.conditions) != ways
    ):
        yield WRONG_PAYLOAD.at(place, node=name, kind=kind)
    if not ways and kind not in ENDING:
        yield DEAD_END.at(place, node=name)
    if (ways and kind in ENDING) or (ways > 1 and kind not in BRANCHING):
        yield TOO_MANY_WAYS.at(place, node=name, count=ways, kind=kind)
    if kind is Kind.END and graph.scope[node] != ROOT:
        yield LOST_END.at(place, node=name)
    if kind is Kind.RACE:
        yield from _check_race(graph, node)


def _check_race(graph: Graph, node: int) -> Iterator[Problem]:
    for flow in graph.outs[node]:
        event = graph.flows[flow][1]
        after = [graph.kinds[graph.flows[way][1]] for way in graph.outs[event]]
        if graph.kinds[event] not in EVENTS or after != [Kind.WIN]:
            yield NO_EVENT.at(Place((graph.names[event],)), node=graph.names[event])


def _check_scopes(graph: Graph) -> Iterator[Problem]:
    for source, target in graph.flows:
        if _scope_after(graph, source) != _scope_before(graph, target):
            name = graph.names[source]
            yield TORN_SCOPE.at(Place((name,)), node=name, target=graph.names[target])


def _scope_after(graph: Graph, node: int) -> int:
    """In which scope a token is when it leaves the node."""
    if graph.kinds[node] in OPENING:
        return next((scope for scope, (opener, _) in enumerate(graph.scopes) if opener == node), ROOT)
    return graph.scope[node]


def _scope_before(graph: Graph, node: int) -> int:
    """In which scope a token must be when it enters the node; a join lies outside and is entered from within."""
    if graph.kinds[node] not in CLOSING:
        return graph.scope[node]
    inner = {_scope_after(graph, graph.flows[flow][0]) for flow in graph.ins[node]}
    fitting = [scope for scope in inner if graph.scopes[scope][1] == graph.scope[node] and scope != ROOT]
    return fitting[0] if len(inner) == 1 and fitting else -1
