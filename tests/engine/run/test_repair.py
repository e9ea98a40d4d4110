"""What an operator does to a running process: set a token down elsewhere, set variables."""

import pytest

from potok.engine import run
from tests.engine.run.drawing import Event, assign, call, do, drawn, each, fork, message, pause, scope, throw
from tests.engine.run.machine import Machine
from tests.engine.run.test_scopes import happens, is_over, lived


def token_at(machine: Machine, name: str) -> run.Token:
    tokens = run.State.decode(machine.state).tokens
    return next(token for token in tokens if machine.name(token.node) == name)


def move(machine: Machine, name: str, *, to: str) -> list[run.Effect]:
    return machine.tell(run.Moved(token_at(machine, name).id, machine.graph.node(to)))


def places(machine: Machine, name: str) -> set[str]:
    found = run.places(machine.graph, run.State.decode(machine.state), token_at(machine, name))
    return {machine.name(node) for node in found}


@pytest.mark.parametrize(
    ("name", "taken_back"),
    [
        ("ask", {run.Unlisten, run.Withdraw}),
        ("pause", {run.CancelTimer}),
        ("paid", {run.Unlisten}),
        ("child", {run.EndProcess}),
        ("throw.bad", {run.Withdraw}),
    ],
)
def test_a_token_set_down_elsewhere_takes_back_what_it_waited_for(name: str, taken_back: set[type]) -> None:
    steps = {"ask": do("ask"), "pause": pause(), "paid": message("paid"), "child": call("child"), "throw.bad": throw("bad")}  # fmt: skip  # noqa: E501
    machine = lived(steps[name], do("skipped"), do("c"), waits="ask")
    effects = move(machine, name, to="c")
    assert taken_back <= {type(effect) for effect in effects}
    assert machine.done[-1] == "c"
    assert "skipped" not in machine.done
    assert is_over(machine)
    assert ("moved", "c") in [(entry.what, entry.detail) for entry in machine.journal]


def test_a_step_may_be_done_once_more_under_a_key_of_its_own() -> None:
    machine = lived(do("a"), do("ask"), waits="ask")
    move(machine, "ask", to="a")
    assert machine.done == ["a", "ask", "a", "ask"]
    keys = [ask.key for ask in machine.asked(run.Perform)]
    assert len(keys) == len(set(keys))


def test_a_token_stays_in_its_scope_and_in_its_branch() -> None:
    inside = fork([do("ask"), do("b")], [do("c")])
    machine = lived(do("before"), scope(do("first"), inside, events=[Event(message("stop"), leaves=True)]), waits="ask")
    assert places(machine, "ask") == {"ask", "b"}
    assert places(machine, "stop") == set(), "what only listens is not moved"
    before = machine.state
    move(machine, "ask", to="c")
    move(machine, "ask", to="before")
    assert machine.state == before


def test_within_an_item_a_token_stays_with_its_item() -> None:
    machine = Machine(drawn(each("={=Document:items}", do("ask"), do("say", text="{=each:item}"), at_once=True)))
    machine.waits, machine.record["items"] = frozenset({"ask"}), ("x", "y")
    machine.start()
    move(machine, "ask", to="say")
    assert machine.last(run.Perform).params["text"] == "x"
    happens(machine, "ask")
    assert is_over(machine)


def test_variables_are_set_by_name_and_type() -> None:
    machine = lived(do("ask"), assign(n="={=Variable:n} + 1"), waits="ask")
    assert machine.tell(run.Assigned({"n": "41"})) == []
    assert machine.store[run.Named("Variable", "n")] == 41
    assert machine.journal[-1].what == "assigned"
    happens(machine, "ask")
    assert machine.last(run.Finish).results == {"n": 42}


@pytest.mark.parametrize("values", [{"unknown": 1}, {"n": "many"}, {"n": 1, "unknown": 1}, {}])
def test_what_cannot_be_set_changes_nothing(values: dict[str, object]) -> None:
    machine = lived(do("ask"), waits="ask")
    before, kept = machine.state, dict(machine.store)
    machine.tell(run.Assigned(values))  # type: ignore[arg-type]
    assert (machine.state, machine.store) == (before, kept)


def test_a_retry_after_the_variables_were_set_right_goes_on() -> None:
    machine = lived(assign(all="=1 / {=Variable:n}"), do("a"))
    failed = machine.last(run.Fail).token
    machine.tell(run.Assigned({"n": 2}))
    machine.tell(run.Retried(failed))
    assert machine.done == ["a"]
    assert is_over(machine)
