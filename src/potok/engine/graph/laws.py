"""The laws of a token graph. A compiler that keeps them gives the interpreter nothing to stumble over."""

from __future__ import annotations

from collections.abc import Iterator

from potok.engine.graph.graph import Graph
from potok.engine.graph.kinds import OPENING, Kind
from potok.engine.graph.payload import (
    Assigned,
    Awaited,
    Calling,
    Caught,
    Due,
    Enough,
    Last,
    Payload,
    Scoped,
    Thrown,
    Ways,
    Work,
)
from potok.engine.graph.scope_laws import check_scopes
from potok.engine.problems import Place, Problem, _, problem

ONE_ENTRY = problem("graph.one_entry", _("A process begins in one place; here are {count}."))
DEAD_END = problem("graph.dead_end", _("The way ends nowhere after “{node}”."), hint=_("Lead it on, or to the end."))
TOO_MANY_WAYS = problem("graph.ways", _("“{node}” has {count} ways out, which a {kind} cannot have."))
UNREACHED = problem("graph.unreached", _("Nothing leads to “{node}”."), hint=_("Remove it, or lead a way there."))
WRONG_PAYLOAD = problem("graph.payload", _("“{node}” does not carry what a {kind} needs."))
DOUBLED = problem("graph.doubled_name", _("Two steps are called “{node}”."), hint=_("Give one of them another id."))
LOST_END = problem(
    "graph.lost_end",
    _("“{node}” ends a way inside a parallel part, which would wait for it for ever."),
    hint=_("Lead the way to the end of that part, or terminate the process."),
)
TOO_MANY_NODES = problem(
    "graph.too_large", _("The process has {count} nodes; it may have {most}."), hint=_("Split it into several.")
)

CARRIES: dict[Kind, type] = {
    Kind.BLOCK: Work, Kind.CHOICE: Ways, Kind.LOOP: Ways, Kind.PAUSE: Due, Kind.WAIT: Awaited,
    Kind.ASSIGN: Assigned, Kind.CALL: Calling, Kind.TERMINATE: Last, Kind.SCOPE: Scoped, Kind.CATCH: Caught,
    Kind.THROW: Thrown, Kind.SPLIT: Ways,
}  # fmt: skip
MAY_CARRY: dict[Kind, type] = {Kind.WIN: Enough}
ENDING = frozenset({Kind.END, Kind.TERMINATE})
BRANCHING = OPENING | {Kind.CHOICE, Kind.LOOP, Kind.SPLIT}
NODES_MAX = 10_000


def check(graph: Graph) -> list[Problem]:
    """Find every breach of the laws; an empty list is a sound graph."""
    found = [DOUBLED.at(Place((name,)), node=name) for name in _doubled(graph.names)]
    entries = graph.kinds.count(Kind.START)
    if entries != 1:
        found.append(ONE_ENTRY.at(count=entries))
    if len(graph.kinds) > NODES_MAX:
        found.append(TOO_MANY_NODES.at(count=len(graph.kinds), most=NODES_MAX))
    reached = _reached(graph)
    for node in range(len(graph.kinds)):
        found += _check_node(graph, node)
        if node not in reached and graph.kinds[node] is not Kind.START:
            found.append(UNREACHED.at(Place((graph.names[node],)), node=graph.names[node]))
    return found + list(check_scopes(graph))


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
    kind, ways = graph.kinds[node], len(graph.outs[node])
    place, name = Place((graph.names[node],)), graph.names[node]
    if not _carries(kind, graph.payloads[node], ways=ways):
        yield WRONG_PAYLOAD.at(place, node=name, kind=kind)
    if not ways and kind not in ENDING:
        yield DEAD_END.at(place, node=name)
    if (ways and kind in ENDING) or (ways > 1 and kind not in BRANCHING):
        yield TOO_MANY_WAYS.at(place, node=name, count=ways, kind=kind)
    opener = graph.scopes[graph.scope[node]][0]
    if kind is Kind.END and opener >= 0 and graph.kinds[opener] is not Kind.SCOPE:
        yield LOST_END.at(place, node=name)


def _carries(kind: Kind, payload: Payload | None, *, ways: int) -> bool:
    wanted = CARRIES.get(kind, type(None))
    if payload is None:
        return wanted is type(None)
    return isinstance(payload, MAY_CARRY.get(kind, wanted)) and (
        not isinstance(payload, Ways) or len(payload.conditions) == ways
    )
