"""The way of a run in stages: the stages themselves, whatever its steps are."""

from potok.engine import run
from potok.processes.web import stage_path
from potok.processes.web.path import Known, Line
from tests.engine.notation.stage_machine import StageMachine, compiled
from tests.engine.run.machine import HEAD, MONDAY, Machine

TEXT = (
    HEAD
    + """stages:
  call:
    title: Call
    begin: true
    results: {on: {to: offer}, later: {to: rest}}
  offer: {title: Offer, results: {paid: {to: done}}}
  rest: {title: Rest, pause: {for: 30 days}, then: call}
  done: {title: Done, end: true}
"""
)
STAGES = [("call", "Call"), ("offer", "Offer"), ("rest", "Rest"), ("done", "Done")]


def way(machine: Machine) -> list[tuple[str, str]]:
    state = run.State.decode(machine.state)
    asks = frozenset(machine.graph.node(name) for name in ("call.work", "offer.work"))
    lines = [Line(MONDAY, one.what, one.token, one.node) for one in machine.journal]
    known = Known(tokens=state.tokens, lines=lines, asks_people=asks, is_over=not state.tokens)
    return [(one.title, one.state) for one in stage_path.points(machine.graph, known, stages=STAGES)]


def answer(machine: Machine, name: str, to: str) -> None:
    [token] = run.State.decode(machine.state).tokens
    machine.tell(run.Happened(token.id, {"stage_result": name, "next_stage": to}))


def test_the_way_says_of_each_stage_where_it_stands() -> None:
    machine = StageMachine(compiled(TEXT), waits=frozenset({"call.work", "offer.work"})).start()
    assert way(machine) == [("Call", "person"), ("Offer", "todo"), ("Rest", "todo"), ("Done", "todo")]
    answer(machine, "later", "rest")
    assert way(machine) == [("Call", "done"), ("Offer", "todo"), ("Rest", "timer"), ("Done", "todo")]
    machine.wait(days=31).tell(run.TimerFired(machine.last(run.SetTimer).token))
    answer(machine, "on", "offer")
    answer(machine, "paid", "done")
    assert way(machine) == [("Call", "done"), ("Offer", "done"), ("Rest", "done"), ("Done", "done")]


def test_what_may_follow_a_stage_is_known_from_its_ways() -> None:
    graph = compiled(TEXT)
    assert sorted(stage_path.following(graph, "call")) == ["offer", "rest"]
    assert stage_path.following(graph, "rest") == ["call"]
    assert stage_path.following(graph, "done") == []
