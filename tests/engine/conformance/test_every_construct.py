"""Whatever is drawn with the constructs of the tree comes to its end once everything it waits for has happened."""

from datetime import timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from potok.engine import graph, run
from potok.engine.notation import tree
from potok.engine.notation.tree import Tree
from potok.engine.run import Stand
from potok.engine.values import RecordRef, Value
from tests.engine.notation.trees import wider
from tests.engine.notation.world import CATALOGUE, SURROUNDINGS
from tests.engine.run.machine import Machine

MOVES_MAX = 400
COMPANY = RecordRef("crm.company", 5)


class World(Machine):
    """A machine whose record links to a company that meets every condition."""

    def look(self, ask: run.Ask) -> Value:
        if isinstance(ask, run.FieldOf):
            return "x"
        return super().look(ask)


def begun(sample: Tree) -> World:
    drawn = tree.read(tree.write(sample))
    assert isinstance(drawn, Tree)
    made = tree.compile(drawn, CATALOGUE, SURROUNDINGS)
    assert isinstance(made, graph.Graph), str(made)
    record: dict[str, Value] = {"company": COMPANY, "stage": "NEW", "responsible": None}
    waits = frozenset(name for name, kind in zip(made.names, made.kinds, strict=True) if kind == "block")
    machine = World(made, record=record, waits=waits)
    machine.start()
    return machine


def move(machine: World, token: run.Token) -> None:
    """Let happen what a token waits for."""
    match token.stand:
        case Stand.WAITING:
            machine.tell(run.Happened(token.id))
        case Stand.SLEEPING:
            machine.at += timedelta(days=40)
            machine.tell(run.TimerFired(token.id))
        case Stand.LISTENING:
            machine.record["stage"] = "WON"
            machine.tell(run.Happened(token.id, {"sum": 1}))
        case Stand.CALLING:
            machine.tell(run.ChildEnded(token.id, {"sound": True}))
        case Stand.FAILED:
            machine.tell(run.Skipped(token.id))


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(wider, st.randoms(use_true_random=False))
def test_every_definition_comes_to_its_end(sample: Tree, chance: Random) -> None:
    machine = begun(sample)
    for moves in range(MOVES_MAX):
        tokens = run.State.decode(machine.state).tokens
        if not tokens:
            break
        # The eldest often enough, or an event that comes again and again would keep the others waiting for ever.
        move(machine, chance.choice(tokens) if moves % 3 else tokens[0])
    assert machine.status in (run.Status.COMPLETED, run.Status.TERMINATED)
