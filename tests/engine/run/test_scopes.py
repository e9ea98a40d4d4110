"""A scope is open for one token, and listens meanwhile."""

import pytest

from potok.engine import run
from tests.engine.run.drawing import Event, Piece, again, becomes, do, drawn, fork, message, pause, scope, stop
from tests.engine.run.machine import Machine


def lived(*pieces: Piece, waits: str = "", **given: object) -> Machine:
    return Machine(drawn(*pieces), waits=frozenset(waits.split()), **given).start()  # type: ignore[arg-type]


def happens(machine: Machine, name: str, **payload: object) -> None:
    """Let what the step of this name waits for happen; the newest, if it waits more than once."""
    token = max(each for each in run.State.decode(machine.state).tokens if machine.name(each.node) == name)
    kind = run.TimerFired if token.stand is run.Stand.SLEEPING else run.Happened
    machine.wait(days=2).tell(kind(token.id, payload) if kind is run.Happened else kind(token.id))  # type: ignore[call-arg]


def is_over(machine: Machine) -> bool:
    state = run.State.decode(machine.state)
    return state.status is run.Status.COMPLETED and not (state.tokens or state.scopes or state.arrivals or state.done)


def test_a_scope_goes_on_when_its_body_is_done_and_takes_its_listeners_back() -> None:
    machine = lived(scope(do("a"), events=[Event(message("paid"), [do("late")])]), do("b"), waits="a")
    assert machine.last(run.Listen).event == "done"
    happens(machine, "a")
    assert machine.done == ["a", "b"]
    assert is_over(machine)
    assert [each.token for each in machine.asked(run.Unlisten)]


def test_events_listen_before_the_body_begins() -> None:
    machine = lived(scope(do("a"), events=[Event(message("paid"), leaves=True)]), waits="a")
    assert [type(effect) for effect in machine.effects[:2]] == [run.Listen, run.Perform]


def test_an_interrupting_event_withdraws_the_body() -> None:
    machine = lived(
        scope(do("a"), do("never"), events=[Event(message("paid"), leaves=True, after=[do("b")])]), do("c"), waits="a"
    )
    happens(machine, "paid")
    assert machine.done == ["a", "b", "c"]
    assert machine.asked(run.Withdraw)
    assert is_over(machine)


def test_an_event_that_has_come_already_leaves_nothing_to_do() -> None:
    machine = lived(scope(do("never"), events=[Event(pause(0), leaves=True)]), do("b"))
    assert machine.done == ["b"]
    assert is_over(machine)


def test_an_event_that_does_not_interrupt_runs_beside_the_body_once() -> None:
    machine = lived(scope(do("a"), events=[Event(message("paid"), [do("b")])]), do("c"), waits="a b")
    happens(machine, "paid")
    assert machine.done == ["a", "b"]
    happens(machine, "a")
    assert machine.done == ["a", "b"], "what the event began keeps the scope open"
    happens(machine, "b")
    assert machine.done == ["a", "b", "c"]
    assert is_over(machine)


def test_an_event_that_listens_again_happens_as_often_as_it_comes() -> None:
    machine = lived(scope(do("a"), events=[Event(pause(), [again(), do("remind")])]), do("b"), waits="a")
    for _day in range(3):
        happens(machine, "pause")
    happens(machine, "a")
    assert machine.done == ["a", "remind", "remind", "remind", "b"]
    assert is_over(machine)


def test_a_condition_that_holds_still_has_to_come_true_anew() -> None:
    machine = lived(
        scope(do("a"), events=[Event(becomes('{=Document:stage} = "WON"'), [again(), do("won")])]), waits="a"
    )
    listening = [machine.last(run.Listen)]
    for stage, times in [("WON", 1), ("WON", 1), ("NEW", 1), ("WON", 2)]:
        machine.record["stage"] = stage
        machine.tell(run.FieldMoved(machine.asked(run.Listen)[-1].token if times else listening[0].token))
        for token in run.State.decode(machine.state).tokens:
            machine.tell(run.FieldMoved(token.id))
        assert machine.done.count("won") == times


def test_a_scope_that_stays_waits_for_its_events_only() -> None:
    machine = lived(
        scope(
            do("entry"),
            stays=True,
            events=[
                Event(message("approve"), [do("exit")], leaves=True),
                Event(message("ask"), [again(), do("answer")]),
            ],
        ),
        do("after"),
    )
    assert machine.done == ["entry"]
    assert machine.status is run.Status.WAITING
    happens(machine, "ask")
    happens(machine, "ask")
    happens(machine, "approve")
    assert machine.done == ["entry", "answer", "answer", "exit", "after"]
    assert is_over(machine)


def test_a_scope_within_another_keeps_it_open() -> None:
    inner = scope(name="inner", stays=True, events=[Event(message("go"), leaves=True)])
    machine = lived(scope(inner, events=[Event(message("paid"), [again()])]), do("after"))
    happens(machine, "paid")
    assert machine.done == []
    happens(machine, "go")
    assert machine.done == ["after"]


def test_interrupting_the_outer_scope_takes_the_inner_ones_with_it() -> None:
    inner = fork([do("a")], [scope(do("b"), name="inner", events=[Event(pause())])])
    machine = lived(scope(inner, events=[Event(message("stop"), leaves=True)]), waits="a b")
    happens(machine, "stop")
    assert is_over(machine)
    assert len(machine.asked(run.Withdraw)) == 2


@pytest.mark.parametrize("needs", ["=1", "=2", "=3", "=9"])
def test_so_many_branches_are_enough(needs: str) -> None:
    machine = lived(fork([do("a")], [do("b")], [do("c")], needs=needs), do("d"), waits="a b c")
    for name in "abc"[: min(int(needs[1:]), 3)]:
        assert "d" not in machine.done
        happens(machine, name)
    assert machine.done == ["a", "b", "c", "d"]
    assert is_over(machine)


def test_a_branch_of_steps_may_end_within_its_scope() -> None:
    assert is_over(lived(scope(do("a"), stop(), events=[Event(pause(), [do("b"), stop()])]), do("c")))
