"""A graph that breaks a law is found out, whichever compiler drew it."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from potok.engine import graph
from potok.engine.graph import Awaited, Caught, Due, Header, Kind, Last, Scoped, Sketch, Thrown, Ways
from potok.engine.graph.recipe import Fixed


def line(*kinds: tuple[Kind, graph.Payload | None]) -> Sketch:
    sketch = Sketch(Header("sample"))
    nodes = [sketch.add(kind, name=f"n{at}", payload=payload) for at, (kind, payload) in enumerate(kinds)]
    for source, target in pairwise(nodes):
        sketch.flow(source, to=target)
    return sketch


START, END = (Kind.START, None), (Kind.END, None)
DAY = Due(lasts=Fixed(1))


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


def scoped(payload: graph.Payload, *events: tuple[Kind, graph.Payload | None], leaves: bool = True) -> Sketch:
    """A scope whose events lead out of it, or to the end of their own way within."""
    sketch = line(START, (Kind.SCOPE, payload))
    end = sketch.add(Kind.END, name="end")
    won = sketch.add(Kind.WIN, name="won") if leaves else -1
    sketch.open(1)
    sketch.flow(1, to=sketch.add(Kind.END, name="done"))
    if not (isinstance(payload, Scoped) and payload.stays):
        sketch.flow(1, to=end)
    for at, (kind, carried) in enumerate(events):
        event = sketch.add(kind, name=f"e{at}", payload=carried)
        sketch.flow(1, to=event)
        sketch.flow(event, to=won if leaves else sketch.add(Kind.END, name=f"done{at}"))
    sketch.close()
    if leaves:
        sketch.flow(won, to=end)
    return sketch


def a_scope_that_listens_to_nothing() -> Sketch:
    return scoped(Scoped(), (Kind.MERGE, None))


def an_event_with_two_ways_in() -> Sketch:
    sketch = scoped(Scoped(), (Kind.PAUSE, DAY))
    sketch.flow(sketch.kinds.index(Kind.SCOPE), to=sketch.kinds.index(Kind.PAUSE))
    return sketch


def a_catch_outside() -> Sketch:
    return line(START, (Kind.CATCH, Caught("error")), END)


def an_error_that_stays() -> Sketch:
    return scoped(Scoped(), (Kind.CATCH, Caught("error")), leaves=False)


def a_scope_without_exit() -> Sketch:
    sketch = scoped(Scoped())
    sketch.flows.remove((1, 2))
    return sketch


def a_list_that_stays() -> Sketch:
    return scoped(Scoped(stays=True, each=Fixed(None)), (Kind.PAUSE, DAY))


def a_compensation_that_leaves() -> Sketch:
    return scoped(Scoped(), (Kind.CATCH, Caught("compensation")))


def again(event: tuple[Kind, graph.Payload | None]) -> Sketch:
    sketch = scoped(Scoped(), event, leaves=False)
    end = sketch.names.index("done0")
    sketch.kinds[end] = Kind.AGAIN
    sketch.current = 1
    sketch.flow(end, to=sketch.add(Kind.END, name="over"))
    return sketch


def a_moment_again() -> Sketch:
    return again((Kind.PAUSE, Due(until=Fixed(None))))


def too_deep() -> Sketch:
    sketch = line(START)
    for depth in range(101):
        fork = sketch.add(Kind.FORK, name=f"f{depth}")
        sketch.flow(fork - 1, to=fork)
        sketch.open(fork)
    return sketch


def too_large() -> Sketch:
    return line(START, *[(Kind.MERGE, None)] * 10_000, END)


def a_win_that_counts_days() -> Sketch:
    sketch = scoped(Scoped(), (Kind.PAUSE, DAY))
    sketch.payloads[sketch.names.index("won")] = DAY
    return sketch


def a_join_of_a_scope() -> Sketch:
    sketch = scoped(Scoped(), (Kind.PAUSE, DAY))
    sketch.kinds[sketch.names.index("won")] = Kind.JOIN
    return sketch


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
    a_join_of_a_scope: "graph.torn_scope",
    a_scope_that_listens_to_nothing: "graph.no_listener",
    an_event_with_two_ways_in: "graph.no_listener",
    a_catch_outside: "graph.stray_catch",
    an_error_that_stays: "graph.error_stays",
    a_scope_without_exit: "graph.no_exit",
    a_list_that_stays: "graph.mixed_scope",
    a_compensation_that_leaves: "graph.undo_leaves",
    a_moment_again: "graph.not_again",
    too_deep: "graph.too_deep",
    too_large: "graph.too_large",
    a_win_that_counts_days: "graph.payload",
}


@pytest.mark.parametrize("draw", BROKEN, ids=lambda draw: draw.__name__)
def test_a_broken_law_is_told(draw: Callable[[], Sketch]) -> None:
    assert BROKEN[draw] in [problem.code for problem in graph.check(draw().graph())]


def test_a_sound_graph_breaks_no_law() -> None:
    sketch = line(START, (Kind.PAUSE, Due(until=Fixed(None))), (Kind.WAIT, Awaited("paid")), END)
    assert graph.check(sketch.graph()) == []


SOUND = [
    scoped(Scoped(), (Kind.PAUSE, DAY), (Kind.CATCH, Caught("error", ("paper.torn",)))),
    scoped(Scoped(stays=True), (Kind.WAIT, Awaited("paid")), (Kind.CATCH, Caught("escalation"))),
    scoped(Scoped(), (Kind.PAUSE, DAY), (Kind.CATCH, Caught("compensation")), leaves=False),
    scoped(Scoped(each=Fixed(None), at_once=True, enough="true", gathers=(("sums", Fixed(1)),))),
    again((Kind.PAUSE, DAY)),
    again((Kind.WAIT, Awaited("paid"))),
    line(
        START, (Kind.SPLIT, Ways(("true",))), (Kind.GATHER, None), (Kind.THROW, Thrown("error", "bad", Fixed(1))), END
    ),
]


@pytest.mark.parametrize("sketch", SOUND)
def test_scopes_that_keep_the_laws_are_sound_and_are_kept_as_they_are(sketch: Sketch) -> None:
    drawn = sketch.graph()
    reached = [each for each in graph.check(drawn) if each.code != "graph.unreached"]
    assert reached == []
    assert graph.decode(graph.encode(drawn)) == drawn
    assert graph.decode(graph.encode(drawn)).payloads == drawn.payloads
    assert graph.dump(drawn).count("\n") >= len(drawn.kinds)


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
