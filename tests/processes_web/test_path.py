"""The way of an instance: what is behind, where it stands, what is ahead or was not needed."""

from datetime import UTC, datetime, timedelta

import pytest

from potok.engine.graph import Graph, Surroundings
from potok.engine.notation import tree
from potok.engine.problems import Problems
from potok.engine.run import Stand, Token
from potok.processes.web.path import Known, Line, milestones, points

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SOURCE = """
definition: way
title: Way
variables:
  fast: {type: yes_no, title: Fast, default: false}
do:
  - {id: first, title: First, pause: {for: 1 day}}
  - if:
      - when: {variable: fast, operator: equal, value: true}
        do:
          - {id: short, title: Short, pause: {for: 1 hour}}
      - else:
          - {id: long, title: Long, pause: {for: 2 days}}
  - {id: last, title: Last, pause: {for: 1 day}}
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    drawn = tree.read(SOURCE)
    assert not isinstance(drawn, Problems), drawn
    made = tree.compile(drawn, {}, Surroundings())
    assert not isinstance(made, Problems), made
    return made


def at(graph: Graph, name: str, *, hours: int, what: str) -> Line:
    return Line(AT + timedelta(hours=hours), what, 1, graph.node(name))


def states(graph: Graph, known: Known) -> dict[str, str]:
    return {point.name: point.state for point in points(graph, known)}


def test_before_the_first_step_everything_is_ahead(graph: Graph) -> None:
    token = Token(1, graph.node("first"), 0, Stand.SLEEPING)
    assert states(graph, Known(tokens=[token])) == {
        "first": "timer",
        "short": "todo",
        "long": "todo",
        "last": "todo",
    }


def test_the_branch_that_was_not_taken_is_not_needed(graph: Graph) -> None:
    lines = [at(graph, "first", hours=0, what="slept"), at(graph, "first", hours=24, what="woke")]
    token = Token(2, graph.node("long"), 0, Stand.SLEEPING)
    assert states(graph, Known(tokens=[token], lines=lines)) == {
        "first": "done",
        "short": "skip",
        "long": "timer",
        "last": "todo",
    }


def test_a_step_tells_when_it_began_and_ended(graph: Graph) -> None:
    lines = [at(graph, "first", hours=0, what="slept"), at(graph, "first", hours=24, what="woke")]
    first = points(graph, Known(lines=lines, is_over=True))[0]
    assert (first.begun_at, first.ended_at) == (AT, AT + timedelta(hours=24))


def test_when_it_is_over_nothing_is_ahead(graph: Graph) -> None:
    found = states(graph, Known(lines=[at(graph, "first", hours=1, what="woke")], is_over=True))
    assert found == {"first": "done", "short": "skip", "long": "skip", "last": "skip"}


def test_a_failed_step_is_an_incident(graph: Graph) -> None:
    token = Token(1, graph.node("last"), 0, Stand.FAILED)
    assert states(graph, Known(tokens=[token]))["last"] == "incident"


def test_a_node_where_people_are_asked_waits_for_a_person(graph: Graph) -> None:
    node = graph.node("first")
    known = Known(tokens=[Token(1, node, 0, Stand.WAITING)], asks_people=frozenset({node}))
    assert states(graph, known)["first"] == "person"


def test_milestones_are_the_steps_that_can_hold_the_process(graph: Graph) -> None:
    assert [point.name for point in milestones(points(graph, Known()))] == ["first", "short", "long", "last"]
