"""Which way out of an opened scope in one version is which in another, and what lies behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from potok.engine.graph import Graph, Kind


@dataclass(frozen=True, slots=True)
class Branch:
    """A way out of the node that opens a scope, with all nodes behind it that lie inside."""

    flow: int
    nodes: frozenset[int]


@lru_cache(maxsize=1024)
def branches(graph: Graph, opener: int) -> list[Branch]:
    """List the branches of a node that opens a scope, in order: of a sub-process first the body, then what listens
    meanwhile. The answer is shared: do not change it."""
    inner = next((scope for scope, (node, _) in enumerate(graph.scopes) if node == opener), -1)
    inside = {node for node, scope in enumerate(graph.scope) if _lies_in(graph, scope, inner)}
    ways = graph.outs[opener]
    if graph.kinds[opener] is Kind.SCOPE:
        ways = (ways[0], *graph.events(opener))
    return [Branch(flow, _behind(graph, graph.flows[flow][1], inside)) for flow in ways]


def paired(ours: list[Branch], theirs: list[Branch], to: Mapping[int, int]) -> dict[int, int]:
    """Pair branches, as places in the two lists: those that share steps; then, as they stand, those with none at all
    in common with any other."""
    images = [frozenset(to[node] for node in branch.nodes if node in to) for branch in ours]
    shared = sorted(
        (
            (-len(image & branch.nodes), abs(place - other), place, other)
            for place, image in enumerate(images)
            for other, branch in enumerate(theirs)
            if image & branch.nodes
        )
    )
    pairs: dict[int, int] = {}
    for _, _, place, other in shared:
        if place not in pairs and other not in pairs.values():
            pairs[place] = other
    lone = [place for place in range(len(ours)) if place not in pairs and not images[place]]
    came = frozenset(to.values())
    free = [place for place in range(len(theirs)) if place not in pairs.values() and not theirs[place].nodes & came]
    if len(lone) == len(free):
        pairs |= dict(zip(lone, free, strict=True))
    return pairs


def _lies_in(graph: Graph, scope: int, inner: int) -> bool:
    while scope > 0 and scope != inner:
        scope = graph.scopes[scope][1]
    return scope == inner


def _behind(graph: Graph, first: int, inside: set[int]) -> frozenset[int]:
    todo, seen = [first], set[int]()
    while todo:
        node = todo.pop()
        if node in inside and node not in seen:
            seen.add(node)
            todo += [graph.flows[flow][1] for flow in graph.outs[node]]
    return frozenset(seen)
