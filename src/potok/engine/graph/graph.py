"""The token graph that every notation compiles to: flat arrays over node numbers, immutable."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from potok.engine.graph.header import Header
from potok.engine.graph.kinds import Kind
from potok.engine.graph.payload import Payload, Scoped

ROOT = 0


@dataclass(frozen=True, eq=False)
class Graph:
    """A compiled definition. Two graphs are equal when their contents are: compare and hash go by `digest`.

    All arrays but `flows` and `scopes` are indexed by node. A flow is a pair of nodes; `outs` gives the flows that
    leave a node in order, `ins` those that enter it. `scopes` is the tree of scopes: for each the node that opens it
    (-1 for the root) and its parent (-1); `scope` says in which a node lies.
    """

    header: Header
    kinds: tuple[Kind, ...]
    names: tuple[str, ...]  # the author's id, or the place where the author left it out: "do.3"
    titles: tuple[str, ...]
    payloads: tuple[Payload | None, ...]
    scope: tuple[int, ...]
    flows: tuple[tuple[int, int], ...]
    scopes: tuple[tuple[int, int], ...] = ((-1, -1),)

    @cached_property
    def outs(self) -> tuple[tuple[int, ...], ...]:
        return self._flows_by(end=0)

    @cached_property
    def ins(self) -> tuple[tuple[int, ...], ...]:
        return self._flows_by(end=1)

    @cached_property
    def digest(self) -> bytes:
        """The hash of the content: the same in every process, whatever the hash seed."""
        from potok.engine.graph import coding

        return hashlib.blake2b(coding.encode(self), digest_size=16).digest()

    def events(self, node: int) -> tuple[int, ...]:
        """Give the flows of a `SCOPE` that lead to what listens while it is open; before them comes the body, and the
        exit unless it stays."""
        payload = self.payloads[node]
        return self.outs[node][1 if isinstance(payload, Scoped) and payload.stays else 2 :]

    def after(self, flow: int) -> int:
        """Tell in which scope a token is on a flow."""
        source, _ = self.flows[flow]
        inner = self.opened[source]
        leaves = self.kinds[source] is Kind.SCOPE and flow in self.outs[source][1:2] and flow not in self.events(source)
        return self.scope[source] if inner is None or leaves else inner

    @cached_property
    def opened(self) -> tuple[int | None, ...]:
        """The scope that each node opens, if it does."""
        found: list[int | None] = [None] * len(self.kinds)
        for scope, (opener, _) in enumerate(self.scopes):
            if opener >= 0:
                found[opener] = scope
        return tuple(found)

    def node(self, name: str) -> int:
        """Find a node by its name; ValueError when there is none."""
        return self.names.index(name)

    def _flows_by(self, *, end: int) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.kinds]
        for flow, ends in enumerate(self.flows):
            found[ends[end]].append(flow)
        return tuple(map(tuple, found))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)
