"""The diagram of a run colours the ways that it has taken, not only its steps."""

import html
import json
import re
from typing import Any

from potok.processes.models import Instance
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser

CHOOSES = """
definition: chooses
title: Chooses
parameters:
  amount: {type: number, title: Amount}
do:
  - id: large
    if:
      - when: '{=Template:amount} > 100'
        do:
          - {title: Rest, pause: {for: 1 day}}
      - else:
          - {title: Wait, pause: {for: 1 hour}}
"""
ONCE_MORE = """
definition: once-more
title: Once more
variables:
  round: {type: number, title: Round, default: 0}
do:
  - id: rounds
    while: '{=Variable:round} < 2'
    do:
      - set: {round: '={=Variable:round} + 1'}
  - id: many
    if:
      - when: '{=Variable:round} > 100'
        do:
          - {title: Rest, pause: {for: 1 day}}
  - {title: Wait, pause: {for: 1 hour}}
"""
IN_STAGES = """
definition: two-stages
title: Two stages
stages:
  first: {title: First, begin: true, then: second}
  second:
    title: Second
    responsible: user_%d
    results:
      again: {title: Again, to: first}
      done: {title: Done, to: last}
  last: {title: Last, end: true}
"""


def pictured(browser: Browser, company: Company, run: Instance) -> Any:
    page = browser(company.ann).get(f"/instances/{run.pk}/").content.decode()
    return json.loads(html.unescape(re.findall(r'data-picture="([^"]*)"', page)[0]))


def test_the_branch_that_was_chosen_is_coloured(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    run = begin(publish(CHOOSES), inputs={"amount": 500})
    marks = pictured(browser, company, run)["marks"]
    assert marks["do.0.if.0"] == {"state": "done"}
    assert "do.0.if.1" not in marks


def test_the_way_back_and_an_otherwise_without_steps_are_coloured(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    run = begin(publish(ONCE_MORE))
    marks = pictured(browser, company, run)["marks"]
    assert marks["do.0.do"] == {"state": "done"}
    assert marks["do.1.if.1"] == {"state": "done"}
    assert "do.1.if.0" not in marks


def test_the_way_from_stage_to_stage_is_coloured(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    run = begin(publish(IN_STAGES % company.bob.pk))
    assert pictured(browser, company, run)["taken"] == ["first:second"]
