"""What must hold for every graph of every kind of node, and every order of events (engine.md §8)."""

from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from potok.engine import graph, run
from potok.engine.graph import Graph, Kind, Scoped
from potok.engine.run.activation import take
from potok.engine.run.gathering import gather
from potok.engine.run.reader import Reader
from potok.engine.run.scopes import exhausted
from potok.engine.values import ANY
from tests.engine.run import laws
from tests.engine.run.drawing import Event, Piece, assign, catch, do, drawn, each, scope, throw
from tests.engine.run.graphs import Draw, graphs, machine_of, play, to_the_end
from tests.engine.run.machine import Machine
from tests.engine.run.test_lists import variable

QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


@QUICK
@given(graphs, st.data())
def test_every_process_comes_to_its_end_and_leaves_nothing(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data)
    laws.is_over_and_leaves_nothing(machine)


@QUICK
@given(graphs, st.data())
def test_at_rest_every_scope_has_a_reason_to_be_open(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data, steps=data.draw(st.integers(0, 12)), end=False)
    state = run.State.decode(machine.state)
    open_ = {each.id for each in state.scopes}
    assert {token.scope for token in state.tokens} <= open_ | {graph.ROOT}
    assert {each.parent for each in state.scopes} <= open_ | {graph.ROOT}
    assert all(each.scope in open_ | {graph.ROOT} for each in state.arrivals)
    activation = take(run.program(sample), state, reader=Reader(machine.look), context=machine.context)
    for each_ in state.scopes:
        payload = sample.payloads[each_.opener]
        if isinstance(payload, Scoped) and not payload.stays:
            assert not exhausted(activation, each_.id)
    assert not gather(activation), "a join that could go on has gone on"


@QUICK
@given(graphs, st.data())
def test_whatever_was_asked_for_is_done_or_taken_back(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    laws.takes_back_what_did_not_happen(machine, play(machine, data))
    kept = {name.scope for name in machine.store if isinstance(name, run.Named) and name.scope}
    assert kept <= {scope for effect in machine.asked(run.Forget) for scope in effect.scopes}


@QUICK
@given(graphs, st.data())
def test_nothing_happens_to_a_token_that_is_gone(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data)
    laws.lets_go_of_what_is_withdrawn(machine)


@QUICK
@given(graphs, st.data())
def test_a_stale_or_doubled_event_changes_no_byte(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    laws.overhears(machine, play(machine, data, steps=data.draw(st.integers(0, 10)), end=False))


@QUICK
@given(graphs, st.data())
def test_a_state_is_what_its_bytes_say(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data, steps=data.draw(st.integers(0, 10)), end=False)
    laws.is_what_its_bytes_say(machine)


@QUICK
@given(graphs, st.data())
def test_replay_gives_the_same_bytes(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    told = play(machine, data)
    laws.goes_as(laws.relived(machine_of(sample), told), machine)


@QUICK
@given(graphs, st.data())
def test_run_to_wait_equals_step_by_step(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    told = play(machine, data)
    laws.goes_on_in_parts_as(laws.relived(machine_of(sample, budget=7), told), machine)


@QUICK
@given(graphs, st.data())
def test_every_scope_is_left_once_at_most_and_every_split_meets_again(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data)
    count = Counter((entry.what, entry.node) for entry in machine.journal)
    for node, kind in enumerate(sample.kinds):
        if kind is Kind.SCOPE:
            assert count["closed", node] <= count["opened", node] + count["compensated", node]
    if not any(entry.what in ("withdrawn", "won") for entry in machine.journal):
        what = Counter(entry.what for entry in machine.journal)
        assert what["split"] == what["gathered"]
        assert what["forked"] == what["joined"]
        assert what["closed"] == what["opened"]


@QUICK
@given(graphs, st.data())
def test_an_operator_may_set_a_token_down_anywhere_it_may_be(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data, steps=data.draw(st.integers(0, 6)), end=False)
    state = run.State.decode(machine.state)
    movable = [(token, places) for token in state.tokens if (places := run.places(sample, state, token))]
    if not movable:
        return
    token, places = data.draw(st.sampled_from(movable))
    machine.wait(days=1).tell(run.Moved(token.id, data.draw(st.sampled_from(places))))
    assert run.State.decode(machine.state).token(token.id) is None
    for _ in range(200):
        events = to_the_end(machine)
        if not events:
            break
        machine.wait(days=3).tell(events[0])
    assert run.State.decode(machine.state).status is run.Status.COMPLETED


@QUICK
@given(graphs, st.data())
def test_termination_leaves_nothing_alive(sample: Graph, data: Draw) -> None:
    machine = machine_of(sample)
    play(machine, data, steps=data.draw(st.integers(0, 4)), end=False)
    laws.dies_at_once(machine)


@QUICK
@given(st.lists(st.integers(0, 99), max_size=12), st.booleans(), st.randoms(use_true_random=False))
def test_a_list_gone_through_at_once_gives_what_it_gives_in_order(
    items: list[int], waits: bool, chance: object
) -> None:
    gathers = (("said", graph.Formula("={=each:item} * 2", ANY)),)
    lives = []
    for at_once in (False, True):
        body = [do("ask" if waits else "a", item="{=each:item} {=each:index}")]
        sample = drawn(each("={=Document:items}", *body, at_once=at_once, gathers=gathers), assign(all="={=each:said}"))
        machine = machine_of(sample)
        machine.record["items"] = tuple(items)
        machine.start()
        while waiting := [t.id for t in run.State.decode(machine.state).tokens if t.stand is run.Stand.WAITING]:
            machine.tell(run.Happened(chance.choice(waiting)))  # type: ignore[attr-defined]
        asked = sorted(str(ask.params["item"]) for ask in machine.asked(run.Perform))
        lives.append((asked, variable(machine, "all"), machine.status))
    assert lives[0] == lives[1]


Part = tuple[str, bool, list["Part"]]
names = st.uuids().map(lambda number: number.hex[:6])
parts: st.SearchStrategy[list[Part]] = st.recursive(
    st.just([]), lambda inner: st.lists(st.tuples(names, st.booleans(), inner), max_size=3), max_leaves=6
)


@QUICK
@given(parts)
def test_what_is_done_is_undone_in_reverse_order(found: list[Part]) -> None:
    machine = Machine(drawn(*(drawn_part(part) for part in found), throw("", what="compensation"))).start()
    wanted = [name for part in reversed(found) for name in undoing(part)]
    assert [name.removeprefix("undo.") for name in machine.done if name.startswith("undo.")] == wanted


def drawn_part(part: Part) -> Piece:
    name, has_handler, within = part
    handler = [Event(catch("compensation", name="undoing"), [do(f"undo.{name}")])] if has_handler else []
    return scope(do(name), *map(drawn_part, within), name=f"part.{name}", events=handler)


def undoing(part: Part) -> list[str]:
    name, has_handler, within = part
    return [name] if has_handler else [each for inner in reversed(within) for each in undoing(inner)]


codes = st.sampled_from(["a", "b", "c"])


@QUICK
@given(st.lists(st.lists(codes, max_size=2), max_size=4), codes, st.sampled_from(["error", "escalation"]))
def test_what_is_thrown_reaches_the_nearest_that_knows_it(around: list[list[str]], code: str, what: str) -> None:
    piece: Piece = throw(code, what=what)
    for number, known in enumerate(around):
        event = Event(catch(what, *known), leaves=True, after=[do(f"by.{number}")])
        piece = scope(piece, name=f"s{number}", events=[event])
    machine = Machine(drawn(piece)).start()
    wanted = next((number for number, known in enumerate(around) if not known or code in known), None)
    assert machine.done == ([] if wanted is None else [f"by.{wanted}"])
