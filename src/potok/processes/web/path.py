"""The way of an instance through its definition: what is behind, where it stands, what is ahead.

Worked out from the graph, the tokens and the journal; no database here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from potok.engine.graph import Graph, Kind, Work
from potok.engine.run import Stand, Token

SHOWN = frozenset({Kind.BLOCK, Kind.PAUSE, Kind.WAIT, Kind.CALL})
# What the journal says when a step is behind; everything else is on the way to it.
BEHIND = frozenset({"performed", "woke", "happened", "returned", "skipped"})
STANDS = {
    Stand.READY: "run",
    Stand.PERFORMING: "run",
    Stand.WAITING: "wait",
    Stand.SLEEPING: "timer",
    Stand.LISTENING: "wait",
    Stand.CALLING: "run",
    Stand.FAILED: "incident",
}


@dataclass(frozen=True)
class Line:
    """One entry of the journal with its moment."""

    at: datetime
    what: str
    token: int
    node: int
    detail: object = None
    gone: str = ""  # the title of a step that the version has no more; `node` is then -1


@dataclass(frozen=True)
class Point:
    """One step of the path. `state` is a word of the process language; `waits` says that it can hold the process."""

    node: int
    name: str
    title: str
    state: str
    waits: bool = False
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    token: int | None = None


@dataclass
class _Visit:
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    behind: bool = False
    seen: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of an instance: its tokens, its journal, the nodes where people are asked, whether it is over."""

    tokens: Sequence[Token] = ()
    lines: Sequence[Line] = ()
    asks_people: frozenset[int] = frozenset()
    waiting_blocks: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()  # names of nodes that are no steps to people
    is_over: bool = False
    titles: Mapping[int, str] = field(default_factory=dict)


def points(graph: Graph, known: Known) -> list[Point]:
    """List the steps in the order in which they were written, with where each stands."""
    visits = _visits(known.lines)
    standing = {token.node: token for token in known.tokens}
    ahead = set() if known.is_over else _reachable(graph, standing)
    return [
        _point(graph, node, known, visits.get(node, _Visit()), standing.get(node), ahead=node in ahead)
        for node, kind in enumerate(graph.kinds)
        if kind in SHOWN and (node in standing or graph.names[node] not in known.quiet)
    ]


def milestones(path: Iterable[Point]) -> list[Point]:
    """The steps that people notice: those that can hold the process, and where it stands or failed."""
    return [one for one in path if one.waits or one.state in ("incident", "run")]


def _point(graph: Graph, node: int, known: Known, visit: _Visit, token: Token | None, *, ahead: bool) -> Point:
    return Point(
        node=node,
        name=graph.names[node],
        title=known.titles.get(node) or graph.titles[node] or graph.names[node],
        state=_state(node, known, visit, token, ahead=ahead),
        waits=_waits(graph, node, known),
        begun_at=visit.begun_at,
        ended_at=visit.ended_at,
        token=token.id if token else None,
    )


def _state(node: int, known: Known, visit: _Visit, token: Token | None, *, ahead: bool) -> str:
    if token is not None and not known.is_over:
        return "person" if token.stand is Stand.WAITING and node in known.asks_people else STANDS[token.stand]
    if visit.behind:
        return "done"
    return "todo" if ahead else "skip"


def _waits(graph: Graph, node: int, known: Known) -> bool:
    payload = graph.payloads[node]
    return payload.block in known.waiting_blocks if isinstance(payload, Work) else True


def _visits(lines: Iterable[Line]) -> dict[int, _Visit]:
    visits: dict[int, _Visit] = {}
    for line in lines:
        visit = visits.setdefault(line.node, _Visit())
        if line.what in BEHIND:
            visit.behind, visit.ended_at = True, line.at
            visit.begun_at = visit.begun_at or line.at
        elif visit.begun_at is None or visit.ended_at is not None:
            visit.begun_at, visit.ended_at = line.at, None
    return visits


def _reachable(graph: Graph, standing: Iterable[int]) -> set[int]:
    seen: set[int] = set()
    todo = list(standing)
    while todo:
        node = todo.pop()
        for flow in graph.outs[node]:
            after = graph.flows[flow][1]
            if after not in seen:
                seen.add(after)
                todo.append(after)
    return seen
