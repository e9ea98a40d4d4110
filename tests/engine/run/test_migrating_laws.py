"""Between any two versions an instance is moved whole or not at all, loses nothing, and finds its way back."""

from hypothesis import assume, given
from hypothesis import strategies as st

from potok.engine import graph, run
from potok.engine.notation import tree
from potok.engine.notation.tree import Tree
from potok.engine.problems import Problems
from potok.engine.run.migrating import Migrated, Plan, migrate, proposal
from tests.engine.notation.trees import trees, wider
from tests.engine.notation.world import CATALOGUE, SURROUNDINGS
from tests.engine.run.edits import edited
from tests.engine.run.machine import Machine
from tests.engine.run.test_laws import QUICK, machine_of, play, possible

Draw = st.DataObject


def somewhere(sample: Tree, data: Draw) -> Machine:
    """Let a process go on for a while."""
    machine = machine_of(sample)
    play(machine, data, steps=data.draw(st.integers(0, 6), label="steps"))
    return machine


def versions(sample: Tree, data: Draw) -> tuple[Machine, graph.Graph]:
    """A process somewhere on its way, and the next version of its definition."""
    machine, changed = somewhere(sample, data), sample
    for _ in range(data.draw(st.integers(1, 3), label="edits")):
        changed = edited(changed, data)
    read = tree.read(tree.write(changed))
    made = tree.compile(read, CATALOGUE, SURROUNDINGS) if isinstance(read, Tree) else read
    assume(isinstance(made, graph.Graph))  # An edit may put a step behind one that ends the way.
    assert isinstance(made, graph.Graph)
    return machine, made


def check_is_sound(state: run.State, of: graph.Graph) -> None:
    """Every token lies in the scope that its node lies in, and every count is of a way into its join."""
    openers = {0: -1} | {each.id: each.opener for each in state.scopes}
    for token in state.tokens:
        assert of.scopes[of.scope[token.node]][0] == openers[token.scope]
    for each in state.scopes:
        assert of.scopes[of.scope[each.opener]][0] == openers[each.parent]
    for arrival in state.arrivals:
        assert arrival.flow in of.ins[arrival.node]
    assert run.State.decode(state.encode()) == state


@QUICK
@given(trees, st.data())
def test_moving_to_the_same_version_changes_no_byte(sample: Tree, data: Draw) -> None:
    machine = somewhere(sample, data)
    state = run.State.decode(machine.state)
    plan = proposal(machine.graph, machine.graph)
    assert plan.to == {node: node for node in range(len(machine.graph.kinds))}
    moved = migrate(state, machine.graph, machine.graph, plan)
    assert isinstance(moved, Migrated)
    assert moved.state.encode() == machine.state


@QUICK
@given(trees, st.data())
def test_what_is_moved_comes_to_its_end_in_the_other_version(sample: Tree, data: Draw) -> None:
    machine, new = versions(sample, data)
    state = run.State.decode(machine.state)
    plan = proposal(machine.graph, new)
    moved = migrate(state, machine.graph, new, Plan(plan.to, drops=data.draw(st.booleans(), label="drops")))
    if isinstance(moved, Problems):
        assert all(each.code.startswith("run.migration_") for each in moved)
        return
    check_is_sound(moved.state, new)
    machine.graph, machine.state = new, moved.state.encode()
    machine.waits = machine_of(sample).waits | _asking(new)
    machine.tell(run.Continued())
    for _ in range(60):
        events = possible(machine)
        if not events:
            break
        machine.record["stage"] = "WON"
        machine.wait(days=3).tell(events[0])
    assert run.State.decode(machine.state).tokens == ()
    assert run.State.decode(machine.state).arrivals == ()
    assert machine.status is run.Status.COMPLETED


@QUICK
@given(st.one_of(trees, wider), st.data())
def test_the_way_back_leads_to_the_same_state(sample: Tree, data: Draw) -> None:
    machine, new = versions(sample, data)
    state = run.State.decode(machine.state)
    plan = proposal(machine.graph, new)
    moved = migrate(state, machine.graph, new, plan)
    if isinstance(moved, Problems):
        return
    check_is_sound(moved.state, new)
    waiting = {token.id: token.stand for token in state.tokens}
    assert waiting.items() <= {token.id: token.stand for token in moved.state.tokens}.items()
    back = migrate(moved.state, new, machine.graph, plan.back())
    assert isinstance(back, Migrated), str(back)
    assert back.state.tokens == state.tokens
    assert (back.state.scopes, back.state.arrivals) == (state.scopes, state.arrivals)


def _asking(of: graph.Graph) -> frozenset[str]:
    pairs = zip(of.names, of.payloads, strict=True)
    return frozenset(name for name, each in pairs if isinstance(each, graph.Work) and each.block == "approve")
