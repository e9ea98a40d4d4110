"""Which step of one version is which of another: by name, by what steps say, by where they stand.

A name that the author gave is kept over versions; one that was left out is the place of the step ("do.3"), and places
shift when a step is added before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeAlias

from potok.engine.graph.graph import Graph
from potok.engine.graph.kinds import Kind
from potok.engine.graph.payload import Calling, Work

Pairs: TypeAlias = dict[int, int]
Sign: TypeAlias = Callable[[Graph, int], Hashable]

SPEAKING = frozenset(
    {Kind.BLOCK, Kind.PAUSE, Kind.WAIT, Kind.CALL, Kind.ASSIGN, Kind.CHOICE, Kind.LOOP, Kind.TERMINATE}
)


@lru_cache(maxsize=64)
def matched(old: Graph, new: Graph) -> Pairs:
    """Pair the nodes of two versions, each at most once. The answer is shared: do not change it."""
    pairs = {old.node(name): new.node(name) for name in old.names if is_given(name) and name in set(new.names)}
    pairs |= _alike(old, new, pairs)
    for sign in (_place_and_work, _work):
        pairs |= _aligned(old, new, pairs, sign=sign)
    return pairs


def is_given(name: str) -> bool:
    """Tell whether the author gave this name, so that it stays when steps are added around it."""
    return not any(part.isdigit() for part in name.split("."))


def _alike(old: Graph, new: Graph, pairs: Pairs) -> Pairs:
    """Pair steps that say the very same thing, which no other step says: they may have moved anywhere."""
    ours = _once(old, (node for node in range(len(old.kinds)) if node not in pairs))
    taken = set(pairs.values())
    theirs = _once(new, (node for node in range(len(new.kinds)) if node not in taken))
    return {node: theirs[said] for said, node in ours.items() if said in theirs}


def _once(graph: Graph, nodes: Iterable[int]) -> dict[Hashable, int]:
    said = {node: _said(graph, node) for node in nodes if graph.kinds[node] in SPEAKING}
    times = Counter(said.values())
    return {sign: node for node, sign in said.items() if times[sign] == 1}


def _said(graph: Graph, node: int) -> Hashable:
    return graph.kinds[node], graph.titles[node], repr(graph.payloads[node])


def _aligned(old: Graph, new: Graph, pairs: Pairs, *, sign: Sign) -> Pairs:
    """Pair what does the same work and lies between the same neighbours."""
    back = {theirs: ours for ours, theirs in pairs.items()}
    ours = [("pair", node) if node in pairs else sign(old, node) for node in range(len(old.kinds))]
    theirs = [("pair", back[node]) if node in back else sign(new, node) for node in range(len(new.kinds))]
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    found = ((block.a + step, block.b + step) for block in blocks for step in range(block.size))
    return {node: other for node, other in found if node not in pairs}


def _place_and_work(graph: Graph, node: int) -> Hashable:
    return graph.names[node], graph.titles[node], _work(graph, node)


def _work(graph: Graph, node: int) -> Hashable:
    match graph.payloads[node]:
        case Work(block=does) | Calling(definition=does):
            return graph.kinds[node], does, _depth(graph, node)
    return graph.kinds[node], "", _depth(graph, node)


def _depth(graph: Graph, node: int) -> int:
    depth, scope = 0, graph.scope[node]
    while scope > 0:
        depth, scope = depth + 1, graph.scopes[scope][1]
    return depth
