"""A graph that breaks a law is found out, whichever compiler drew it."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from potok.engine import graph
from potok.engine.graph import Awaited, Due, Header, Kind, Last, Sketch, Ways
from potok.engine.graph.recipe import Fixed


def line(*kinds: tuple[Kind, graph.Payload | None]) -> Sketch:
    sketch = Sketch(Header("sample"))
    nodes = [sketch.add(kind, name=f"n{at}", payload=payload) for at, (kind, payload) in enumerate(kinds)]
    for source, target in pairwise(nodes):
        sketch.flow(source, to=target)
    return sketch


START, END = (Kind.START, None), (Kind.END, None)


def no_entry() -> Sketch:
    return line(END)


def dead_end() -> Sketch:
    return line(START, (Kind.MERGE, None))


def wrong_payload() -> Sketch:
    return line(START, (Kind.PAUSE, None), END)


def too_few_conditions() -> Sketch:
    return line(START, (Kind.CHOICE, Ways(())), END)


def two_ways_on() -> Sketch:
    sketch = line(START, END)
    sketch.flow(0, to=1)
    return sketch


def a_way_after_the_end() -> Sketch:
    return line(START, (Kind.TERMINATE, Last(Fixed(""))), END)


def unreached() -> Sketch:
    sketch = line(START, END)
    sketch.flow(sketch.add(Kind.MERGE, name="alone"), to=1)
    return sketch


def doubled_name() -> Sketch:
    sketch = line(START, END)
    sketch.names[1] = "n0"
    return sketch


def into_a_scope() -> Sketch:
    sketch = line(START, (Kind.FORK, None))
    sketch.open(1)
    inner = sketch.add(Kind.MERGE, name="inner")
    sketch.close()
    end = sketch.add(Kind.END, name="end")
    sketch.flow(1, to=inner)
    sketch.flow(inner, to=end)
    return sketch


def an_end_inside() -> Sketch:
    sketch = line(START, (Kind.FORK, None))
    sketch.open(1)
    sketch.flow(1, to=sketch.add(Kind.END, name="inner"))
    return sketch


def a_race_without_events() -> Sketch:
    sketch = line(START, (Kind.RACE, None))
    sketch.open(1)
    inner = sketch.add(Kind.MERGE, name="inner")
    sketch.close()
    won = sketch.add(Kind.WIN, name="won")
    sketch.flow(1, to=inner)
    sketch.flow(inner, to=won)
    sketch.flow(won, to=sketch.add(Kind.END, name="end"))
    return sketch


def a_join_of_nothing() -> Sketch:
    return line(START, (Kind.JOIN, None), END)


BROKEN: dict[Callable[[], Sketch], str] = {
    no_entry: "graph.one_entry",
    dead_end: "graph.dead_end",
    wrong_payload: "graph.payload",
    too_few_conditions: "graph.payload",
    two_ways_on: "graph.ways",
    a_way_after_the_end: "graph.ways",
    unreached: "graph.unreached",
    doubled_name: "graph.doubled_name",
    into_a_scope: "graph.torn_scope",
    an_end_inside: "graph.lost_end",
    a_race_without_events: "graph.no_event",
    a_join_of_nothing: "graph.torn_scope",
}


@pytest.mark.parametrize("draw", BROKEN, ids=lambda draw: draw.__name__)
def test_a_broken_law_is_told(draw: Callable[[], Sketch]) -> None:
    assert BROKEN[draw] in [problem.code for problem in graph.check(draw().graph())]


def test_a_sound_graph_breaks_no_law() -> None:
    sketch = line(START, (Kind.PAUSE, Due(until=Fixed(None))), (Kind.WAIT, Awaited("paid")), END)
    assert graph.check(sketch.graph()) == []


def test_a_graph_equals_its_content_and_nothing_else() -> None:
    assert line(START, END).graph() == line(START, END).graph()
    assert line(START, END).graph() != dead_end().graph()
    assert line(START, END).graph() != "graph"


def test_another_format_is_refused() -> None:
    data = graph.encode(line(START, END).graph()).replace(b"[1,", b"[99,", 1)
    with pytest.raises(ValueError, match="format 99"):
        graph.decode(data)


def test_a_dump_shows_what_every_kind_of_node_carries() -> None:
    waits = Awaited("paid", (("deal", Fixed(5)),), watches=("stage",))
    sketch = line(START, (Kind.PAUSE, Due(lasts=Fixed(3), watches=("closes_on",))), (Kind.WAIT, waits), END)
    assert graph.dump(sketch.graph()).split("\n")[2:6] == [
        "      lasts = 3", "      watches closes_on", "  2 wait n2 -> 3", "      message paid",
    ]  # fmt: skip
