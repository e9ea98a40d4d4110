"""A scope passed once for each item of a list."""

import pytest

from potok.engine import graph, run
from potok.engine.run import activation
from potok.engine.run.items import CHUNK
from potok.engine.values import ANY
from tests.engine.run.drawing import (
    Event,
    Piece,
    assign,
    catch,
    choice,
    do,
    drawn,
    each,
    message,
    out,
    pause,
    scope,
    throw,
)
from tests.engine.run.machine import Machine
from tests.engine.run.test_scopes import happens, is_over

COLLECT = assign(all="=merge({=Variable:all}, {=each:item})")


def lived(*pieces: Piece, items: object = ("a", "b", "c"), waits: str = "", **given: object) -> Machine:
    machine = Machine(drawn(*pieces), waits=frozenset(waits.split()), **given)  # type: ignore[arg-type]
    machine.record["items"] = items  # type: ignore[assignment]
    return machine.start()


ALL = "={=Document:items}"


def variable(machine: Machine, name: str) -> object:
    return machine.store.get(run.Named("Variable", name))


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize(
    ("items", "seen"), [(("a", "b", "c"), ("a", "b", "c")), ("a", ("a",)), ((), None), (None, None)]
)
def test_the_body_is_passed_for_each_item(items: object, seen: object, at_once: bool) -> None:
    machine = lived(each(ALL, COLLECT, at_once=at_once), do("after"), items=items)
    assert variable(machine, "all") == seen
    assert machine.done == ["after"]
    assert is_over(machine)


def test_the_list_is_a_snapshot() -> None:
    machine = lived(each(ALL, do("ask"), COLLECT), waits="ask")
    machine.record["items"] = ("x",)
    for _item in range(3):
        happens(machine, "ask")
    assert variable(machine, "all") == ("a", "b", "c")
    assert is_over(machine)


def test_a_step_tells_which_item_it_is() -> None:
    tells = "{=each:item} {=each:index} {=each:key} {=each:count} {=each:finished}"
    machine = lived(each(ALL, do("say", text=tells)))
    assert [ask.params["text"] for ask in machine.asked(run.Perform)] == ["a 1 0 3 0", "b 2 1 3 1", "c 3 2 3 2"]


def test_an_item_can_have_a_name_of_its_own() -> None:
    machine = lived(each(ALL, do("say", text="{=each:deal}"), item="deal"))
    assert [ask.params["text"] for ask in machine.asked(run.Perform)] == ["a", "b", "c"]


def test_in_order_one_begins_when_the_other_has_ended_and_at_once_all_begin() -> None:
    in_order = lived(each(ALL, do("ask")), waits="ask")
    at_once = lived(each(ALL, do("ask"), at_once=True), waits="ask")
    assert (in_order.done, at_once.done) == (["ask"], ["ask"] * 3)


def test_results_of_a_step_belong_to_its_item() -> None:
    machine = lived(
        each(ALL, do("ask"), do("say", text="{=each:item} {=ask:said}"), at_once=True),
        do("after", text="[{=ask:said}{=each:item}]"),
        waits="ask",
    )
    tokens = [ask.token for ask in machine.asked(run.Perform)]
    for token, said in zip(tokens, "xyz", strict=True):
        machine.tell(run.Happened(token, {"said": said}))
    said = [ask.params["text"] for ask in machine.asked(run.Perform)[3:]]
    assert said == ["a x", "b y", "c z", "[]"]


def test_a_list_within_a_list_sees_both_items() -> None:
    inner = each(ALL, do("say", text="{=outer:item}{=inner:item}{=ask:said}"), name="inner")
    machine = lived(each(ALL, do("ask"), inner, name="outer"), items=("a", "b"), results={"ask": {"said": "!"}})
    said = [ask.params["text"] for ask in machine.asked(run.Perform) if "text" in ask.params]
    assert said == ["aa!", "ab!", "ba!", "bb!"]


@pytest.mark.parametrize(("at_once", "done"), [(False, ["ask"] * 2), (True, ["ask"] * 3)])
def test_enough_withdraws_the_rest(at_once: bool, done: list[str]) -> None:
    machine = lived(
        each(ALL, do("ask"), at_once=at_once, enough="{=each:finished} >= 2 or {=ask:number} = 7"),
        do("after"),
        waits="ask",
    )
    machine.tell(run.Happened(machine.asked(run.Perform)[0].token, {"number": 1}))
    machine.tell(run.Happened(machine.asked(run.Perform)[1].token, {"number": 1}))
    assert machine.done == [*done, "after"]
    assert is_over(machine)


def test_what_is_gathered_of_the_items_is_a_list_in_their_order() -> None:
    gathers = (("numbers", graph.Formula("={=ask:number}", ANY)),)
    machine = lived(
        each(ALL, do("ask"), at_once=True, gathers=gathers),
        assign(all="={=each:numbers}"),
        waits="ask",
    )
    for ask in reversed(machine.asked(run.Perform)):
        machine.tell(run.Happened(ask.token, {"number": ask.token}))
    assert variable(machine, "all") == tuple(ask.token for ask in machine.asked(run.Perform)[:3])


def test_an_event_listens_around_the_whole_list() -> None:
    machine = lived(
        each(ALL, do("ask"), at_once=True, events=[Event(message("stop"), leaves=True)]), do("after"), waits="ask"
    )
    happens(machine, "stop")
    assert machine.done[-1] == "after"
    assert len(machine.asked(run.Withdraw)) == 3
    assert is_over(machine)


def test_a_way_out_of_an_item_leaves_the_list() -> None:
    found = choice(('{=each:item} = "b"', [out()]), (None, [COLLECT]))
    machine = lived(each(ALL, found, events=[Event(pause(), leaves=True)]), do("after"))
    assert variable(machine, "all") == ("a",)
    assert is_over(machine)


def test_an_error_of_one_item_may_be_caught_for_it_alone_or_for_all() -> None:
    attempt = scope(
        choice(('{=each:item} = "b"', [throw("bad")]), (None, [COLLECT])), events=[Event(catch("error"), leaves=True)]
    )
    assert variable(lived(each(ALL, attempt)), "all") == ("a", "c")
    torn = each(ALL, choice(('{=each:item} = "b"', [throw("bad")]), (None, [COLLECT])))
    assert variable(lived(scope(torn, events=[Event(catch("error"), leaves=True)])), "all") == ("a",)


def test_values_of_an_item_are_forgotten_when_it_is_done() -> None:
    machine = lived(each(ALL, do("ask"), pause(), at_once=True), results={"ask": {"said": "x"}})
    kept = {name.scope for name in machine.store if name.scope}  # type: ignore[union-attr]
    for token in run.State.decode(machine.state).tokens:
        machine.wait(days=2).tell(run.TimerFired(token.id))
    assert is_over(machine)
    assert kept
    assert kept <= {scope for forget in machine.asked(run.Forget) for scope in forget.scopes}


def test_a_long_list_lies_outside_the_state_and_is_neither_written_nor_read_whole() -> None:
    count = 10_000
    machine = lived(each(ALL, do("ask")), items=tuple(range(count)), waits="ask")
    assert len(machine.state) < 250
    written = [len(value) for name, value in machine.store.items() if isinstance(value, tuple) and name.scope]  # type: ignore[union-attr,misc]
    assert (sum(written), max(written)) == (count, CHUNK)
    before = dict(machine.store)
    happens(machine, "ask")
    assert len(machine.store) - len(before) <= 3
    assert len(machine.state) < 250


def test_a_long_list_is_gone_through_without_looking_like_an_endless_loop() -> None:
    machine = lived(each(ALL, assign(n="={=Variable:n} + 1"), do("a")), items=tuple(range(10_000)), budget=500)
    assert variable(machine, "n") == 10_000
    assert is_over(machine)


def test_too_many_at_once_ask_an_operator() -> None:
    machine = lived(each(ALL, do("a"), at_once=True), items=tuple(range(1_001)))
    assert machine.last(run.Fail).code == "run.too_many_items"
    assert machine.done == []


def test_lists_within_lists_at_once_ask_an_operator_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activation, "TOKENS_MAX", 20)
    inner = each(ALL, do("ask"), name="inner", at_once=True)
    machine = lived(each(ALL, inner, at_once=True), items=tuple(range(6)), waits="ask")
    assert {fail.code for fail in machine.asked(run.Fail)} == {"run.too_many_tokens"}
    assert 10 < len(run.State.decode(machine.state).tokens) <= 20
