"""Whoever is told that his answer counts is heard, though the time was over or another way won a moment before."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import rounds, worker
from potok.processes.models import Assignment, Instance
from potok.processes.operations import assignments
from potok.processes.world import Request
from tests.company import Company
from tests.processes.conftest import Begin, Publish

LADDER = """
definition: late
title: Late
do:
  - id: asked
    block: approve
    with:
      to: ["user_%(bob)d"]
      title: Pay
      due: '=dateadd({=System:Now}, "1 hour")'
      close_after: 1 minute
      late_answer: rejected
  - block: status_text
    with: {text: "{=asked:outcome}"}
"""
RACE = """
definition: race
title: Race
variables: {who: {type: text}}
do:
  - race:
      - id: asked
        block: approve
        with: {to: ["user_%(bob)d"], title: Pay}
        do: [{set: {who: approved}}]
      - {pause: {for: 1 hour}, do: [{set: {who: rejected}}]}
  - block: status_text
    with: {text: "{=Variable:who}"}
"""


@pytest.mark.parametrize("source", [LADDER, RACE], ids=["an assignment whose time is over", "a branch that lost"])
def test_an_answer_given_while_a_worker_ends_the_wait_wins(
    source: str, company: Company, publish: Publish, begin: Begin
) -> None:
    instance = begin(publish(source % {"bob": company.bob.pk}))
    clock.wind(timedelta(hours=2))

    def hands(what: Any, asked: Sequence[Request]) -> Sequence[Any]:
        # The worker has claimed the instance, and knows of nothing but its timer.
        if Assignment.objects.filter(status="open").exists():
            with ThreadPoolExecutor(1) as aside:
                aside.submit(approve, company.bob.pk).result()
        return rounds.real(what, asked)

    worker.batch(hands=hands)
    clock.wind(timedelta(minutes=1))
    worker.run_until_idle()
    assert Instance.objects.get(pk=instance.pk).status_text == "approved"


def approve(by: int) -> None:
    with opened(by, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.get(), answer="approved")
    connection.close()
