"""`start` and `advance`: the two verbs of the interpreter."""

from __future__ import annotations

from collections.abc import Mapping

from potok.engine.expr import Context
from potok.engine.graph import Graph
from potok.engine.run.asks import Look, Needs
from potok.engine.run.events import Event
from potok.engine.run.state import State
from potok.engine.run.step import Step
from potok.engine.values import Value

BUDGET = 2_000


def start(graph: Graph, inputs: Mapping[str, Value], *, look: Look, context: Context, budget: int = BUDGET) -> Step | Needs:
    """Begin an instance. The inputs were found right by `check_inputs`."""
    raise NotImplementedError


def advance(
    graph: Graph, state: State | bytes, event: Event, *, look: Look, context: Context, budget: int = BUDGET
) -> Step | Needs:
    """Go from one event to the next wait. A stale or doubled event gives back the same state and nothing else.

    After `budget` nodes the activation parks and asks to `Continue`.
    """
    raise NotImplementedError
