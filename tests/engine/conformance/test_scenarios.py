"""Scenarios with the journal they must give. Every notation that comes later draws them too."""

import pytest

from potok.engine import run
from tests.engine.notation.stage_world import CATALOGUE
from tests.engine.run.machine import Machine, compiled

ASK = "block: approve, with: {to: user_7, title: x}"
SAY = "block: status_text, with: {text: x}"
BUTTON = "block: button, with: {title: Press, to: user_7}"
TREES = {
    "approve until approved": f"""
- while: '{{=Variable:yes}} <> true'
  do:
    - {{id: asked, {ASK}}}
    - {{id: kept, set: {{yes: '{{=asked:approved}}'}}}}
- {{id: told, {SAY}}}
""",
    "two people at the same time": f"""
- id: both
  parallel:
    - {{do: [{{id: first, {ASK}}}]}}
    - {{do: [{{id: second, {ASK}}}]}}
- {{id: told, {SAY}}}
""",
    "an answer or three days": f"""
- race:
    - {{id: asked, {ASK}, do: [{{id: told, {SAY}}}]}}
    - {{id: late, pause: {{for: 3 days}}}}
""",
    "three days without an answer": f"""
- race:
    - {{id: asked, {ASK}}}
    - {{id: late, pause: {{for: 3 days}}, do: [{{id: told, {SAY}}}]}}
""",
    "a reminder every day until the answer": f"""
- try:
  - {{id: asked, {ASK}}}
  meanwhile:
  - {{id: daily, pause: {{for: 1 day}}, then: again, do: [{{id: told, {SAY}}}]}}
""",
    "a command instead of the answer": f"""
- race:
    - {{id: asked, {ASK}}}
    - {{id: pressed, {BUTTON}, do: [{{id: told, {SAY}}}]}}
""",
    "a command that is given again and again": f"""
- try:
  - {{id: asked, {ASK}}}
  meanwhile:
  - {{id: pressed, {BUTTON}, then: again, do: [{{id: told, {SAY}}}]}}
""",
}
ANSWERS: dict[str, list[tuple[str, dict[str, bool] | None]]] = {
    "approve until approved": [("asked", {"approved": False}), ("asked", {"approved": True})],
    "two people at the same time": [("second", {}), ("first", {})],
    "an answer or three days": [("asked", {"approved": True})],
    "three days without an answer": [("late", None)],
    "a reminder every day until the answer": [("daily", None), ("daily", None), ("asked", {"approved": True})],
    "a command instead of the answer": [("pressed", {})],
    "a command that is given again and again": [("pressed", {}), ("pressed", {}), ("asked", {"approved": True})],
}
JOURNALS = {
    "approve until approved": "asked asked | waited asked | resumed asked | performed asked | assigned kept | "
    "asked asked | waited asked | resumed asked | performed asked | assigned kept | asked told | performed told",
    "two people at the same time": "forked both | asked first | waited first | asked second | waited second | "
    "resumed second | performed second | resumed first | performed first | joined both.joined | asked told | "
    "performed told",
    "an answer or three days": "asked asked | waited asked | slept late | resumed asked | performed asked | "
    "withdrawn late | won asked.won | asked told | performed told",
    "three days without an answer": "asked asked | waited asked | slept late | woke late | withdrawn asked | "
    "won late.won | asked told | performed told",
    "a reminder every day until the answer": "slept daily | asked asked | waited asked | woke daily | slept daily | "
    "asked told | performed told | woke daily | slept daily | asked told | performed told | resumed asked | "
    "performed asked | withdrawn daily",
    "a command instead of the answer": "asked asked | waited asked | asked pressed | waited pressed | "
    "resumed pressed | performed pressed | withdrawn asked | won pressed.won | asked told | performed told",
    "a command that is given again and again": "asked pressed | waited pressed | asked asked | waited asked | "
    "resumed pressed | performed pressed | asked pressed | waited pressed | asked told | performed told | "
    "resumed pressed | performed pressed | asked pressed | waited pressed | asked told | performed told | "
    "resumed asked | performed asked | withdrawn pressed",
}
WAITS = frozenset({"asked", "first", "second", "pressed"})
UNNAMED = {"started", "chose", "completed"}


def tell(machine: Machine, step: str, answer: dict[str, bool] | None) -> None:
    """Answer a step, or let its time come."""
    token = next(each for each in run.State.decode(machine.state).tokens if machine.name(each.node) == step)
    if answer is None:
        machine.wait(days=3).tell(run.TimerFired(token.id))
    else:
        machine.tell(run.Happened(token.id, answer))


@pytest.mark.parametrize("name", TREES)
def test_a_scenario_gives_its_journal(name: str) -> None:
    machine = Machine(compiled(TREES[name], catalogue=CATALOGUE), waits=WAITS).start()
    for step, answer in ANSWERS[name]:
        tell(machine, step, answer)
    said = [(entry.what, machine.name(entry.node)) for entry in machine.journal if entry.what not in UNNAMED]
    written = [tuple(line.split()) for line in JOURNALS[name].split(" | ")]
    assert [line for line in said if not line[1].startswith("do.")] == written
    assert machine.status is run.Status.COMPLETED
