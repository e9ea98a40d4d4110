"""What the flow of a process promises, by the rows of the requirements; whole definitions, lived through as trials."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.processes.trial import Script, Told, try_out
from tests.company import Company
from tests.processes.conftest import Publish

pytestmark = pytest.mark.usefixtures("deals")


def tried(company: Company, publish: Publish, steps: str, *, by: int | None = None, **script: Any) -> Told:
    head = "definition: flow\nrecord: crm.deal\n"
    head += "parameters:\n  route: {type: text, default: short}\n  big: {type: yes_no}\n"
    variables = "variables:\n  round: {type: number, default: 0}\n  approvers: {type: person, multiple: true}\n"
    definition = publish(head + variables + "do:\n" + steps % {each: getattr(company, each).pk for each in PEOPLE})
    record = {"title": "Pump house", "responsible": company.bob.pk, **script.pop("record", {})}
    with opened(company.ann.pk, door="screen") as call:
        read = Script.read({"record": record, "initiator": by or company.dan.pk, **script})
        return try_out(call, version=definition.version_id or 0, script=read)


PEOPLE = ("alice", "bob", "carol", "dan", "fay", "whole")


def way(told: Told) -> list[str]:
    """The named steps in the order in which they were passed."""
    done = [one.rpartition(":")[0] for one in told.path if one.endswith((":performed", ":assigned", ":woke"))]
    return [one for one in done if not one.startswith("do.")]


def asked(told: Told) -> list[tuple[str, int]]:
    """Which step asked whom, in the order of the answers."""
    return [(one.step, int(one.to[0])) for one in told.lines if one.kind == "answered" and one.to]


ROUTES = """
- id: first
  block: status_text
  with: {text: Begun}
- id: route
  switch: '{=Template:route}'
  cases:
    - {is: short, do: [{id: director, block: approve, with: {to: user_%(dan)s, title: Sign, self_approval: true}}]}
    - is: [full, external]
      do:
        - {id: head, block: approve, with: {to: user_%(alice)s, title: Agree}}
        - {id: lawyer, block: approve, with: {to: user_%(carol)s, title: Agree}}
    - else:
        - {id: unknown, block: status_text, with: {text: Unknown}}
- id: last
  block: status_text
  with: {text: Over}
"""


# PF-1, PF-3, PF-5, PF-10
@pytest.mark.parametrize(("route", "steps"), [
    ("short", ["first", "director", "last"]),
    ("full", ["first", "head", "lawyer", "last"]),
    ("external", ["first", "head", "lawyer", "last"]),
    ("another", ["first", "unknown", "last"]),
])  # fmt: skip
def test_steps_follow_each_other_and_a_value_chooses_the_branch(
    company: Company, publish: Publish, route: str, steps: list[str]
) -> None:
    assert way(tried(company, publish, ROUTES, inputs={"route": route})) == steps


CONDITIONS = """
- if:
    - {when: {field: stage, value: WON}, do: [{id: a_field, set: {round: 1}}]}
    - {when: {parameter: big, value: true}, do: [{id: a_parameter, set: {round: 2}}]}
    - when: {formula: '{=User:ID.head}', value: user_%(alice)s}
      do: [{id: a_head, set: {round: 3}}]
    - when: {formula: '{=Workflow:initiator}', operator: in, value: [user_%(carol)s]}
      do: [{id: a_person, set: {round: 4}}]
    - when: {formula: '{=User:codes}', operator: contains, value: group_dr%(whole)s}
      do: [{id: a_department_below, set: {round: 6}}]
    - else: [{id: nothing, set: {round: 5}}]
- if:
    - {when: {variable: round, operator: greater, value: 4}, do: [{id: a_variable, set: {round: 0}}]}
"""


# PF-3, PF-4, PF-11, PS-11
@pytest.mark.parametrize(("given", "by", "steps"), [
    ({"record": {"stage": "WON"}}, "bob", ["a_field"]),
    ({"inputs": {"big": True}}, "bob", ["a_parameter"]),
    ({}, "bob", ["a_head"]),
    ({}, "carol", ["a_person"]),
    ({}, "alice", ["a_department_below", "a_variable"]),
    ({}, "ann", ["nothing", "a_variable"]),
])  # fmt: skip
def test_a_condition_looks_at_fields_parameters_variables_and_the_initiator(
    company: Company, publish: Publish, given: dict[str, Any], by: str, steps: list[str]
) -> None:
    assert way(tried(company, publish, CONDITIONS, by=getattr(company, by).pk, **given)) == steps


LOOP = """
- while: '{=Document:stage} <> "WON"'
  do:
    - {id: ask, block: request_information, with: {to: user_%(bob)s, title: Call, fields: {round: {type: number}}}}
    - if:
        - when: '{=Variable:round} >= 3'
          do: [{block: record_change, with: {fields: {stage: WON}}}]
        - else: [{id: rest, pause: {for: 1 day}}]
"""


# PF-6, PF-7, PF-8
def test_a_request_comes_again_after_a_pause_until_the_field_says_enough(company: Company, publish: Publish) -> None:
    replies = [{"values": {"round": number}} for number in (1, 2, 3)]
    told = tried(company, publish, LOOP, replies={"ask": replies})
    assert [one for one in way(told) if one in ("ask", "rest")] == ["ask", "rest", "ask", "rest", "ask"]
    assert told.standing == "completed"


SIDE_BY_SIDE = """
- {id: named, set: {approvers: ['{=Document:responsible}', 'user_%(carol)s']}}
- id: all
  each: '{=Variable:approvers}'
  at_once: true
  do:
    - {id: agree, block: approve, with: {to: ['{=all:item}'], title: Agree}}
- {id: over, block: status_text, with: {text: Over}}
"""


# PF-9, HS-15
def test_those_who_are_named_in_the_record_are_asked_at_once_and_all_are_waited_for(
    company: Company, publish: Publish
) -> None:
    told = tried(company, publish, SIDE_BY_SIDE)
    assert asked(told) == [("agree", company.bob.pk), ("agree", company.carol.pk)]
    assert told.path.index("over:asked") > max(place for place, one in enumerate(told.path) if one == "agree:performed")


EXTRA = """
- id: extra
  if:
    - when: {formula: '{=Workflow:initiator}', operator: in, value: '{=Variable:approvers}'}
      do: [{id: mentor, block: approve, with: {to: user_%(alice)s, title: Look at it}}]
- {id: director, block: task_add, with: {title: Sign, responsible: user_%(dan)s, wait: %%s}}
- {id: over, block: status_text, with: {text: Over}}
"""


# PF-15, HS-10, HS-16
@pytest.mark.parametrize("waits", [True, False])
def test_the_last_one_gets_a_task_which_is_waited_for_or_not(company: Company, publish: Publish, waits: bool) -> None:
    steps = EXTRA.replace("%%s", str(waits).lower())
    told = tried(company, publish, steps, by_hand=True)
    assert (told.standing == "completed") is not waits
    assert ("tasks.task.add", company.dan.pk) in [(one.what, one.to[0]) for one in told.lines if one.to]
    if waits:
        told = tried(company, publish, steps, meanwhile=[{"after": "1h", "step": "director"}], by_hand=True, until="1h")
        assert told.standing == "completed"


LETTER = """
- id: check
  block: approve
  with:
    to: user_%(bob)s
    title: 'Send the letter of «{=Document:title}»'
    description: 'To {=Document:client_email}, started by {=Workflow:initiator}'
- id: watched
  try:
    - id: mark
      block: request_information
      with: {to: user_%(bob)s, title: Has an answer come, fields: {big: {type: yes_no}}}
  meanwhile:
    - {id: near, pause: {for: 5 days}, do: [{block: notify_person, with: {to: user_%(bob)s, text: The date is near}}]}
"""


# HS-6, HS-8, HS-17
def test_a_letter_is_checked_reminded_of_and_closed_by_a_mark(company: Company, publish: Publish) -> None:
    steps = LETTER.replace("big: {type", "came: {type")
    told = tried(company, publish, steps, by_hand=True, record={"client_email": "client@firm.example"})
    question = told.waiting.questions[0]
    assert question.title == "Send the letter of «Pump house»"
    assert question.description == "To client@firm.example, started by Dan Gromov"
    told = tried(company, publish, steps, replies={"mark": [{"after": "6d"}]})
    assert told.standing == "completed"
    assert "notify.notice.send" in [one.what for one in told.lines]
