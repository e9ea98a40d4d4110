"""Graphs of every kind of node, drawn at random, and a life of one with events in any order."""

from collections.abc import Sequence

from hypothesis import strategies as st

from potok.engine import run
from potok.engine.graph import Graph, Kind
from tests.engine.run import drawing as draw
from tests.engine.run.drawing import Event, Piece
from tests.engine.run.machine import Machine

Draw = st.DataObject

leaves: st.SearchStrategy[Piece] = st.sampled_from(
    [
        draw.do("a"),
        draw.do("ask"),
        draw.do("ask"),
        draw.pause(),
        draw.message("paid"),
        draw.assign(n="={=Variable:n} + 1"),
        draw.save(),
        draw.call("child"),
        draw.throw("bad"),
        draw.throw("late", what="escalation"),
        draw.throw("", what="compensation"),
    ]
)
waits = st.sampled_from([draw.do("ask"), draw.pause(), draw.message("news"), draw.call("child")])
catches = st.sampled_from([draw.catch("error"), draw.catch("error", "bad"), draw.catch("error", "worse")])
heard = st.just(draw.catch("escalation"))
undone = st.just(draw.catch("compensation"))


def events(inner: st.SearchStrategy[Piece]) -> st.SearchStrategy[list[Event]]:
    few = st.lists(inner, max_size=1)
    kinds = st.one_of(
        st.builds(Event, waits, few, st.booleans()),
        st.builds(lambda event, then: Event(event, [draw.again(), *then]), waits, few),
        st.builds(lambda event, after: Event(event, leaves=True, after=after), catches, few),
        st.builds(Event, heard, few, st.booleans()),
        st.builds(Event, undone, few),
    )
    return st.lists(kinds, max_size=2)


def pieces(inner: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    some = st.lists(inner, min_size=1, max_size=2)
    many = st.lists(some, min_size=2, max_size=3)
    leaving = st.builds(lambda event, after: Event(event, leaves=True, after=after), waits, st.lists(inner, max_size=1))
    return st.one_of(
        st.builds(lambda body, listening: draw.scope(*body, events=listening), some, events(inner)),
        st.builds(lambda body, one: draw.scope(*body, events=[one], stays=True), some, leaving),
        st.builds(
            lambda body, at_once, enough, listening: draw.each(
                '=split("x,y,z", ",")', *body, at_once=at_once, enough=enough, events=listening
            ),
            some,
            st.booleans(),
            st.sampled_from(["", "{=Variable:n} > 2"]),
            events(inner),
        ),
        st.builds(lambda ways, needs: draw.fork(*ways, needs=needs), many, st.sampled_from(["", "", "=1", "=2", "=9"])),
        st.builds(_inclusive, many),
        st.builds(_trip, many),
        st.builds(lambda ways: draw.choice(*zip(["{=Variable:n} > 1", None], ways, strict=False)), many),
    )


def _trip(parts: Sequence[Sequence[Piece]]) -> Piece:
    """Parts that can be compensated, and then are; or an error comes first and is caught around."""
    first, *others, last = parts
    handlers = [Event(draw.catch("compensation"), [draw.do("ask")])]
    done = [draw.scope(*part, events=handlers) for part in (first, *others)]
    undo = draw.throw("", what="compensation")
    caught = Event(draw.catch("error"), leaves=True, after=[undo])
    return draw.scope(*done, draw.scope(*done, draw.throw("bad"), events=[caught]), *last, undo)


def _inclusive(ways: Sequence[Sequence[Piece]]) -> Piece:
    return draw.inclusive(*zip(["{=Variable:n} > 1", "true", None], ways, strict=False))


graphs = st.lists(st.recursive(leaves, pieces, max_leaves=10), min_size=1, max_size=3).map(
    lambda found: draw.drawn(*found)
)


def machine_of(graph: Graph, *, budget: int = run.BUDGET) -> Machine:
    return Machine(graph, waits=frozenset(name for name in graph.names if name.startswith("ask")), budget=budget)


HAPPENS = {
    run.Stand.WAITING: run.Happened,
    run.Stand.LISTENING: run.Happened,
    run.Stand.SLEEPING: run.TimerFired,
    run.Stand.CALLING: run.ChildEnded,
    run.Stand.FAILED: run.Skipped,
}


def possible(machine: Machine) -> list[run.Event]:
    """List what may happen next, from the tokens that wait."""
    tokens = run.State.decode(machine.state).tokens
    return [HAPPENS[token.stand](token.id) for token in tokens if token.stand in HAPPENS]


def to_the_end(machine: Machine) -> list[run.Event]:
    """List what leads on: steps, and of events those that leave their scope."""
    found = [event for event in possible(machine) if not _listens(machine, event.token)]  # type: ignore[union-attr]
    return found or [event for event in possible(machine) if _leaves(machine, event.token)]  # type: ignore[union-attr]


def _node(machine: Machine, token: int) -> int:
    found = run.State.decode(machine.state).token(token)
    assert found is not None
    return found.node


def _listens(machine: Machine, token: int) -> bool:
    return _node(machine, token) in run.program(machine.graph).listens


def _leaves(machine: Machine, token: int) -> bool:
    graph = machine.graph
    return any(graph.kinds[graph.flows[way][1]] is Kind.WIN for way in graph.outs[_node(machine, token)])


def play(machine: Machine, data: Draw, *, steps: int = 8, end: bool = True) -> list[run.Event]:
    """Let events come in any order; then, with `end`, those that lead on until the process is over."""
    told: list[run.Event] = []
    machine.start()
    for step in range(400):
        events = possible(machine) if step < steps else to_the_end(machine) if end else []
        if not events:
            break
        event = data.draw(st.sampled_from(events))
        machine.wait(days=3).tell(event)
        told.append(event)
    return told
