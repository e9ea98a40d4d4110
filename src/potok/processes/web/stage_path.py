"""The way of an instance that is drawn in stages: its steps are the stages. No database here."""

from collections.abc import Sequence

from potok.engine.graph import Graph
from potok.engine.run import Stand, Token
from potok.processes.web.path import STANDS, Known, Line, Point

COME = ".come"  # the node through which a stage is come to
FIRST = ("incident", "person", "run", "wait", "timer")  # what is said of a stage in which several things wait


def points(graph: Graph, known: Known, *, stages: Sequence[tuple[str, str]]) -> list[Point]:
    """List the stages, given by id and title, in the order in which they were written, with where each stands."""
    nodes = {graph.node(id): (id, title) for id, title in stages}
    visits = [line for line in _visits(known.lines) if line.node in nodes]
    latest = {line.node: place for place, line in enumerate(visits)}
    here = visits[-1].node if visits and not known.is_over else -1
    found = []
    for node, (id, title) in nodes.items():
        place = latest.get(node)
        begun = visits[place].at if place is not None else None
        ended = visits[place + 1].at if place is not None and place + 1 < len(visits) else None
        state = "todo" if place is None else "done"
        state = "skip" if place is None and known.is_over else state
        token = None
        if node == here:
            state, token = _standing(graph, known, pause=f"{id}_pause")
        found.append(Point(node, id, title, state, waits=True, begun_at=begun, ended_at=ended, token=token))
    return found


def following(graph: Graph, stage: str) -> list[str]:
    """Name the stages to which a stage may lead."""
    todo, seen, found = [graph.node(stage)], set[int](), dict[str, None]()
    todo += [graph.node(f"{stage}.open")] if f"{stage}.open" in graph.names else []
    while todo:
        node = todo.pop()
        for flow in graph.outs[node]:
            after = graph.flows[flow][1]
            if graph.names[after].endswith(COME):
                found[graph.names[after].removesuffix(COME)] = None
            elif after not in seen:
                seen.add(after)
                todo.append(after)
    return list(found)


def _visits(lines: Sequence[Line]) -> list[Line]:
    """The moments at which stages were entered; a step that was retried under its token is entered once."""
    found: dict[int, Line] = {}
    for line in lines:
        if line.what == "asked":
            found.setdefault(line.token, line)
    return list(found.values())


def _standing(graph: Graph, known: Known, *, pause: str) -> tuple[str, int | None]:
    """What people are told of the stage: what needs somebody comes first, its own pause before what only listens."""
    stands = [(_state(known, token), token) for token in known.tokens]
    resting = next((token for state, token in stands if graph.names[token.node] == pause and state == "timer"), None)
    if resting is not None:
        return "timer", resting.id
    for state in FIRST:
        token = next((token for stands_so, token in stands if stands_so == state), None)
        if token is not None:
            return state, token.id
    return "run", None


def _state(known: Known, token: Token) -> str:
    return "person" if token.stand is Stand.WAITING and token.node in known.asks_people else STANDS[token.stand]
