"""A graph while it is being drawn: what compilers add nodes and flows to."""

from __future__ import annotations

from potok.engine.graph.graph import ROOT, Graph
from potok.engine.graph.header import Header
from potok.engine.graph.kinds import Kind
from potok.engine.graph.payload import Payload


class Sketch:
    """Collects nodes and flows; the order of calls settles every number, so equal sources give equal graphs."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.kinds: list[Kind] = []
        self.names: list[str] = []
        self.titles: list[str] = []
        self.payloads: list[Payload | None] = []
        self.scope: list[int] = []
        self.flows: list[tuple[int, int]] = []
        self.scopes: list[tuple[int, int]] = [(-1, -1)]
        self.current = ROOT

    def add(self, kind: Kind, *, name: str, title: str = "", payload: Payload | None = None) -> int:
        """Add a node in the current scope and give its number."""
        self.kinds.append(kind)
        self.names.append(name)
        self.titles.append(title)
        self.payloads.append(payload)
        self.scope.append(self.current)
        return len(self.kinds) - 1

    def flow(self, source: int, *, to: int) -> None:
        """Lead a way out of `source` into another node. The order of these calls is the order of the ways."""
        self.flows.append((source, to))

    def open(self, opener: int) -> None:
        """Go into the scope that a fork or a race opens: nodes added from here on lie in it."""
        self.scopes.append((opener, self.current))
        self.current = len(self.scopes) - 1

    def close(self) -> None:
        """Go back to the scope around."""
        self.current = self.scopes[self.current][1]

    def graph(self) -> Graph:
        """Give the finished graph. `check` tells whether its laws hold."""
        return Graph(
            header=self.header,
            kinds=tuple(self.kinds),
            names=tuple(self.names),
            titles=tuple(self.titles),
            payloads=tuple(self.payloads),
            scope=tuple(self.scope),
            flows=tuple(self.flows),
            scopes=tuple(self.scopes),
        )
