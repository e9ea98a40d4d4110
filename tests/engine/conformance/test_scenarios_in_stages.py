"""The scenarios drawn in stages: what happens is the same, apart from what stages do by themselves."""

import pytest

from potok.engine import run
from tests.engine.conformance.test_scenarios import ANSWERS, ASK, JOURNALS, SAY, UNNAMED, WAITS, tell
from tests.engine.notation.stage_machine import StageMachine, compiled
from tests.engine.run.machine import HEAD, VARIABLES, Machine

STAGES = {
    "approve until approved": f"""
  a:
    begin: true
    enter:
    - {{id: asked, {ASK}}}
    - {{id: kept, set: {{yes: '{{=asked:approved}}'}}}}
    - if: [{{when: '{{=Variable:yes}} = true', do: [{{go: b}}]}}]
    - go: a
  b: {{end: true, enter: [{{id: told, {SAY}}}]}}
""",
    "two people at the same time": f"""
  a:
    begin: true
    enter:
    - id: both
      parallel:
        - {{do: [{{id: first, {ASK}}}]}}
        - {{do: [{{id: second, {ASK}}}]}}
    then: b
  b: {{end: true, enter: [{{id: told, {SAY}}}]}}
""",
    "an answer or three days": f"""
  a:
    begin: true
    on:
    - {{id: asked, {ASK}, go: b}}
    - {{id: late, pause: {{for: 3 days}}, go: c}}
  b: {{end: true, enter: [{{id: told, {SAY}}}]}}
  c: {{end: true}}
""",
    "three days without an answer": f"""
  a:
    begin: true
    on:
    - {{id: asked, {ASK}, go: c}}
    - {{id: late, pause: {{for: 3 days}}, go: b}}
  b: {{end: true, enter: [{{id: told, {SAY}}}]}}
  c: {{end: true}}
""",
    "a reminder every day until the answer": f"""
  a:
    begin: true
    enter:
    - {{id: asked, {ASK}}}
    - go: b
    on:
    - {{id: daily, pause: {{for: 1 day}}, repeat: true, do: [{{id: told, {SAY}}}]}}
  b: {{end: true}}
""",
    "a command instead of the answer": f"""
  a:
    begin: true
    on:
    - {{id: asked, {ASK}, go: c}}
    - {{id: pressed, command: Press, to: user_7, go: b}}
  b: {{end: true, enter: [{{id: told, {SAY}}}]}}
  c: {{end: true}}
""",
    "a command that is given again and again": f"""
  a:
    begin: true
    enter:
    - {{id: asked, {ASK}}}
    - go: b
    on:
    - {{id: pressed, command: Press, to: user_7, do: [{{id: told, {SAY}}}]}}
  b: {{end: true}}
""",
}
OWN = ("a", "b", "c")  # the nodes that stages bring with them are called by the stage

# What stages cannot say, and why.
NOT_IN_STAGES: dict[str, str] = {}


@pytest.mark.parametrize("name", STAGES)
def test_a_scenario_in_stages_gives_the_journal_of_the_tree(name: str) -> None:
    graph = compiled(f"{HEAD}{VARIABLES}stages:{STAGES[name]}")
    machine = StageMachine(graph, waits=WAITS).start()
    for step, answer in ANSWERS[name]:
        tell(machine, step, answer)
    assert told(machine) == [line for line in written(name) if line[0] != "won"]
    assert machine.status is run.Status.COMPLETED


def told(machine: Machine) -> list[tuple[str, str]]:
    """The journal without what is the stages' own: scopes opened and won, stages entered and left."""
    lines = [(entry.what, machine.name(entry.node)) for entry in machine.journal if entry.what not in UNNAMED]
    return [(what, name) for what, name in lines if not is_own(name) and what != "won"]


def is_own(name: str) -> bool:
    return name in OWN or name.startswith(("stages.", *(f"{stage}." for stage in OWN)))


def written(name: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in JOURNALS[name].split(" | ")]


def test_every_scenario_is_drawn_in_stages_or_says_why_not() -> None:
    assert STAGES.keys() | NOT_IN_STAGES.keys() == JOURNALS.keys()
