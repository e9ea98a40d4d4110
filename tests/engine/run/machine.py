"""A shell that fits into a test: it keeps one instance in memory and does what the core asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from potok.engine import expr, graph, run
from potok.engine.notation import tree
from potok.engine.problems import Problems
from potok.engine.values import RecordRef, Value
from tests.engine.notation.world import CATALOGUE, SURROUNDINGS

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
DEAL = RecordRef("crm.deal", 1)
HEAD = "definition: sample\nrecord: crm.deal\n"
VARIABLES = """
variables:
  n: {type: number, default: 0}
  yes: {type: yes_no, default: false}
  words: {type: text, default: ''}
  on: {type: date}
results: [n]
"""

E = TypeVar("E")


def compiled(
    do: str,
    *,
    head: str = HEAD + VARIABLES,
    surroundings: graph.Surroundings = SURROUNDINGS,
    catalogue: graph.Catalogue = CATALOGUE,
) -> graph.Graph:
    """Compile steps under a small header."""
    read = tree.read(f"{head}do:\n{do}")
    assert not isinstance(read, Problems), str(read)
    made = tree.compile(read, catalogue, surroundings)
    assert not isinstance(made, Problems), str(made)
    return made


@dataclass
class Machine:
    """`done` names the blocks that were asked, in order; `waits` says which of them wait when asked."""

    graph: graph.Graph
    inputs: Mapping[str, Value] = field(default_factory=dict)
    record: dict[str, Value] = field(default_factory=dict)
    results: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    waits: frozenset[str] = frozenset()
    at: datetime = MONDAY
    budget: int = run.BUDGET
    state: bytes = b""
    store: dict[run.Ask, Value] = field(default_factory=dict)
    effects: list[run.Effect] = field(default_factory=list)
    journal: list[run.Entry] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def start(self) -> "Machine":
        self._live(lambda: run.start(self.graph, self.inputs, look=self.look, context=self.context, budget=self.budget))
        return self

    def tell(self, event: run.Event) -> list[run.Effect]:
        """Give an event and all that follows at once; answer what was asked for meanwhile."""
        before = len(self.effects)
        self._live(lambda: self.advance(event))
        return self.effects[before:]

    def advance(self, event: run.Event) -> run.Step | run.Needs:
        return run.advance(self.graph, self.state, event, look=self.look, context=self.context, budget=self.budget)

    @property
    def context(self) -> expr.Context:
        return expr.Context(at=self.at, zone="Europe/Moscow")

    @property
    def status(self) -> run.Status:
        return run.State.decode(self.state).status

    def look(self, ask: run.Ask) -> Value:
        if isinstance(ask, run.Named) and ask.source == "Document":
            return self.record.get(ask.name)
        return self.store.get(ask)

    def wait(self, **lasts: float) -> "Machine":
        self.at += timedelta(**lasts)
        return self

    def asked(self, kind: type[E]) -> list[E]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def last(self, kind: type[E]) -> E:
        return self.asked(kind)[-1]

    def name(self, node: int) -> str:
        return self.graph.names[node]

    def _live(self, go: Callable[[], run.Step | run.Needs]) -> None:
        step = go()
        while True:
            assert isinstance(step, run.Step)
            self._keep(step)
            answer = self._answer(step)
            if answer is None:
                return
            step = self.advance(answer)

    def _keep(self, step: run.Step) -> None:
        self.state = step.state.encode()
        self.store.update(step.assigned)
        self.effects += step.effects
        self.journal += step.journal

    def _answer(self, step: run.Step) -> run.Event | None:
        for effect in step.effects:
            if isinstance(effect, run.Perform):
                self.done.append(self.name(effect.node))
                if self.name(effect.node) in self.waits:
                    return run.Waiting(effect.token, "done", {"token": effect.token})
                return run.Performed(effect.token, self.results.get(self.name(effect.node), {}))
            if isinstance(effect, run.Resume):
                return run.Performed(effect.token, effect.payload or {})
            if isinstance(effect, run.Continue):
                return run.Continued()
        return None
