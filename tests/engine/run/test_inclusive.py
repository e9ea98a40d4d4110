"""Ways that are taken together, and meet again when no other can come."""

import pytest

from potok.engine import graph, run
from potok.engine.graph import Header, Kind, Sketch, Ways
from tests.engine.run.drawing import Piece, assign, choice, do, drawn, inclusive, loop, pause, save, scope, stop
from tests.engine.run.machine import Machine
from tests.engine.run.test_scopes import happens, is_over


def lived(*pieces: Piece, waits: str = "", n: int = 0) -> Machine:
    return Machine(drawn(assign(n=f"={n}"), *pieces), waits=frozenset(waits.split())).start()


WAYS = inclusive(
    ("{=Variable:n} > 1", [do("a")]),
    ("{=Variable:n} > 2", [do("b")]),
    (None, [do("else")]),
)


@pytest.mark.parametrize(("n", "taken"), [(0, ["else"]), (2, ["a"]), (3, ["a", "b"])])
@pytest.mark.parametrize("answered", [1, -1])
def test_every_way_that_holds_is_taken_and_the_join_waits_for_those_only(
    n: int, taken: list[str], answered: int
) -> None:
    machine = lived(WAYS, do("after"), n=n, waits="a b else")
    assert machine.done == taken
    for name in taken[::answered]:
        assert "after" not in machine.done
        happens(machine, name)
    assert machine.done == [*taken, "after"]
    assert is_over(machine)


def test_no_way_at_all_asks_an_operator() -> None:
    machine = lived(inclusive(("false", [do("a")])))
    assert machine.last(run.Fail).code == "run.no_way"


def test_a_way_that_ends_elsewhere_is_not_waited_for() -> None:
    ways = inclusive(("true", [do("a")]), ("true", [choice(("true", [do("b"), stop()]), (None, [do("c")]))]))
    machine = lived(scope(ways, do("after")), waits="a b")
    happens(machine, "a")
    assert machine.done == ["a", "b", "after"], "from b no way leads to the join"
    happens(machine, "b")
    assert is_over(machine)


def test_a_join_in_a_loop_waits_at_each_pass() -> None:
    both = inclusive(("true", [do("a")]), ("true", [pause()]))
    machine = lived(loop("{=Variable:n} < 2", both, assign(n="={=Variable:n} + 1")), do("after"))
    for _pass in range(2):
        assert "after" not in machine.done
        happens(machine, "pause")
    assert machine.done == ["a", "a", "after"]
    assert is_over(machine)


def test_a_part_that_is_still_open_is_waited_for() -> None:
    machine = lived(inclusive(("true", [do("a")]), ("true", [scope(pause())])), do("after"))
    assert machine.done == ["a"]
    happens(machine, "pause")
    assert machine.done == ["a", "after"]


def test_joins_that_wait_for_each_other_do_not_wait_for_ever() -> None:
    """Two joins in a ring: what stands at either could still come to the other."""
    sketch = Sketch(Header("ring"))
    start = sketch.add(Kind.START, name="start")
    split = sketch.add(Kind.SPLIT, name="split", payload=Ways(("true", "true")))
    sketch.flow(start, to=split)
    joins = [sketch.add(Kind.GATHER, name=name) for name in ("left", "right")]
    ends = [sketch.add(Kind.CHOICE, name=f"{name}.then", payload=Ways(("false", None))) for name in ("left", "right")]
    for join, after, other in zip(joins, ends, reversed(joins), strict=True):
        sketch.flow(split, to=join)
        sketch.flow(join, to=after)
        sketch.flow(after, to=other)
        sketch.flow(after, to=sketch.add(Kind.END, name=f"end{after}"))
    ring = sketch.graph()
    assert graph.check(ring) == []
    machine = Machine(ring).start()
    assert is_over(machine)
    assert [entry.what for entry in machine.journal].count("gathered") == 2


def test_after_a_save_point_the_join_goes_on() -> None:
    machine = lived(inclusive(("true", [do("a"), save()]), ("true", [do("b"), save()])), do("after"))
    assert machine.done == ["a", "b", "after"]
    assert is_over(machine)
