"""What must hold for every process and every order of events (engine.md §8)."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from potok.engine import graph, run
from potok.engine.notation import tree
from potok.engine.notation.tree import Tree
from tests.engine.notation.trees import trees
from tests.engine.notation.world import CATALOGUE, SURROUNDINGS
from tests.engine.run.machine import Machine

# Without shrinking: a tree and an order of events shrink for minutes; the failing example is small enough to read.
QUICK = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
Draw = st.DataObject


def machine_of(sample: Tree, *, budget: int = run.BUDGET) -> Machine:
    read = tree.read(tree.write(sample))  # Reading gives the steps their places.
    assert isinstance(read, Tree), str(read)
    made = tree.compile(read, CATALOGUE, SURROUNDINGS)
    assert isinstance(made, graph.Graph), str(made)
    asks = frozenset(name for name, payload in zip(made.names, made.payloads, strict=True) if _is_asking(payload))
    return Machine(made, record={"stage": "NEW"}, waits=asks, budget=budget)


def _is_asking(payload: graph.Payload | None) -> bool:
    return isinstance(payload, graph.Work) and payload.block == "approve"


def possible(machine: Machine) -> list[run.Event]:
    """List what may happen next, from the tokens that wait."""
    happens = {
        run.Stand.WAITING: run.Happened,
        run.Stand.LISTENING: run.Happened,
        run.Stand.SLEEPING: run.TimerFired,
        run.Stand.CALLING: run.ChildEnded,
        run.Stand.FAILED: run.Retried,
    }
    return [happens[token.stand](token.id) for token in run.State.decode(machine.state).tokens]


def play(machine: Machine, data: Draw, *, steps: int = 60) -> list[run.Event]:
    """Let events come in any order until the process is over."""
    told: list[run.Event] = []
    machine.start()
    for _ in range(steps):
        events = possible(machine)
        if not events:
            break
        machine.record["stage"] = "WON"
        event = data.draw(st.sampled_from(events))
        machine.wait(days=3).tell(event)
        told.append(event)
    return told


@QUICK
@given(trees, st.data())
def test_every_process_comes_to_its_end_and_leaves_nothing(sample: Tree, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data)
    state = run.State.decode(machine.state)
    assert state.status is run.Status.COMPLETED
    assert (state.tokens, state.scopes, state.arrivals) == ((), (), ())
    assert [type(effect) for effect in machine.effects].count(run.Finish) == 1


@QUICK
@given(trees, st.data())
def test_whatever_was_asked_for_is_done_or_taken_back(sample: Tree, data: Draw) -> None:
    machine = machine_of(sample)
    told = play(machine, data)
    fired = {event.token for event in told if isinstance(event, run.TimerFired)}
    ended = {event.token for event in told if isinstance(event, run.ChildEnded)}
    assert tokens(machine, run.Listen) == tokens(machine, run.Unlisten)
    assert tokens(machine, run.SetTimer) == tokens(machine, run.CancelTimer) | fired
    calls = {call.token for call in machine.asked(run.CallProcess) if call.wait}
    assert calls == tokens(machine, run.EndProcess) | ended


def tokens(machine: Machine, kind: type[run.Effect]) -> set[int]:
    return {effect.token for effect in machine.asked(kind)}  # type: ignore[union-attr]


@QUICK
@given(trees, st.data())
def test_nothing_happens_to_a_token_that_is_gone(sample: Tree, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data)
    gone: set[int] = set()
    for entry in machine.journal:
        assert entry.token not in gone, entry
        if entry.what == "withdrawn":
            gone.add(entry.token)
    keys = [effect.key for effect in machine.asked(run.Perform)]
    assert len(keys) == len(set(keys))


@QUICK
@given(trees, st.data())
def test_tokens_are_conserved(sample: Tree, data: Draw) -> None:
    """Each scope is opened once and closed once, by a join or a win."""
    machine = machine_of(sample)
    play(machine, data)
    count = Counter(entry.what for entry in machine.journal)
    opened = [entry for entry in machine.journal if entry.what == "forked"]
    # A scope that was interrupted from outside is not closed by its own end.
    assert count["joined"] + count["won"] <= len(opened)
    assert (count["joined"] + count["won"] == len(opened)) or count["withdrawn"]
    assert count["completed"] == 1


@QUICK
@given(trees, st.data())
def test_a_stale_or_doubled_event_changes_no_byte(sample: Tree, data: Draw) -> None:
    machine = machine_of(sample)
    told = play(machine, data, steps=data.draw(st.integers(0, 10)))
    strangers = [kind(token) for kind in (run.Happened, run.TimerFired, run.ChildEnded, run.Performed, run.Waiting,
                                          run.FieldMoved, run.Retried, run.Skipped) for token in (0, 10_000)]  # fmt: skip  # noqa: E501
    for event in [*told, *strangers, run.Failed(0, "x"), run.Continued()]:
        before = machine.state
        assert machine.tell(event) == []
        assert machine.state == before


@QUICK
@given(trees, st.data())
def test_a_state_is_what_its_bytes_say(sample: Tree, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data, steps=data.draw(st.integers(0, 10)))
    assert run.State.decode(machine.state).encode() == machine.state


@QUICK
@given(trees, st.data())
def test_replay_gives_the_same_bytes(sample: Tree, data: Draw) -> None:
    machine = machine_of(sample)
    told = play(machine, data)
    again = machine_of(sample).start()
    for event in told:
        again.record["stage"] = "WON"
        again.wait(days=3).tell(event)
    assert (again.state, again.journal) == (machine.state, machine.journal)


@QUICK
@given(trees, st.data())
def test_run_to_wait_equals_step_by_step(sample: Tree, data: Draw) -> None:
    machine, slow = machine_of(sample), machine_of(sample, budget=7)
    told = play(machine, data)
    slow.start()
    for event in told:
        slow.record["stage"] = "WON"
        slow.wait(days=3).tell(event)
    if any(effect.code == "run.endless" for effect in slow.asked(run.Fail)):
        return
    assert (slow.state, slow.journal) == (machine.state, machine.journal)


@QUICK
@given(trees, st.data())
def test_termination_leaves_nothing_alive(sample: Tree, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data, steps=data.draw(st.integers(0, 4)))
    machine.wait(days=1).tell(run.Terminated("enough"))
    state = run.State.decode(machine.state)
    assert (state.tokens, state.scopes, state.arrivals) == ((), (), ())
    assert machine.tell(run.Terminated("again")) == []


TOLD = """
from tests.engine.run.machine import *
from potok.engine.graph import encode
do = "- parallel: [{do: [{pause: {for: 1 day}}]}, {do: [{id: a, block: approve, with: {to: user_7, title: x}}]}]"
machine = Machine(compiled(do), waits=frozenset({"a"})).start()
print(machine.graph.digest.hex(), machine.state)
"""


def test_the_same_input_gives_the_same_bytes_in_every_process() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", TOLD],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
