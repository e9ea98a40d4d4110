"""Nobody waits for the last of a crowd: neither another definition, nor what is due, nor who was answered."""

from datetime import timedelta

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import claiming, worker
from potok.processes.models import Assignment, Definition, Instance
from potok.processes.operations import assignments
from potok.processes.starts import Start, begin
from tests.company import Company
from tests.processes.conftest import Begin, Publish

CROWD = "definition: {}\ntitle: {}\nvariables:\n  n: {{type: number}}\ndo:\n  - set: {{n: 1}}\n"
SLEEPS = "definition: sleeps\ntitle: Sleeps\ndo:\n  - pause: {for: 1 hour}\n"
ASKS = """
definition: asks
title: Asks
do:
  - {block: approve, with: {to: ["user_%d"], title: Pay}}
"""


@pytest.fixture(autouse=True)
def _lived_again() -> None:
    """Thousands that set a value are not worth living again."""


def crowd(definition: Definition, *, size: int) -> list[int]:
    with opened(None, door="command") as call:
        return begin([Start(definition.pk, definition.version_id or 0, call.at) for _ in range(size)])


def is_over(instance: int) -> bool:
    return Instance.objects.get(pk=instance).ended_at is not None


def test_a_definition_that_starts_a_crowd_leaves_room_for_others(company: Company, publish: Publish) -> None:
    crowd(publish(CROWD.format("crowd", "Crowd")), size=300)
    late = crowd(publish(CROWD.format("other", "Other")), size=1)[0]
    worker.batch(limit=20)
    assert is_over(late)


def test_who_comes_behind_a_crowd_of_any_size_is_in_the_next_batch(company: Company, publish: Publish) -> None:
    crowd(publish(CROWD.format("crowd", "Crowd")), size=claiming.CANDIDATES + 500)
    late = crowd(publish(CROWD.format("other", "Other")), size=1)[0]
    worker.batch(limit=20)
    assert is_over(late)


def test_between_crowds_one_waits_no_longer_than_those_before_him_take(company: Company, publish: Publish) -> None:
    first = publish(CROWD.format("crowd", "Crowd"))
    crowd(first, size=claiming.CANDIDATES + 90)
    between = crowd(publish(CROWD.format("other", "Other")), size=1)[0]
    crowd(first, size=claiming.LATEST + 100)
    batches = 0
    while not is_over(between):
        worker.batch(limit=50)
        batches += 1
    # Ninety of the first crowd lay between him and those among whom others are looked for.
    assert batches <= 3


def test_a_crowd_that_is_suspended_keeps_nobody_waiting(company: Company, publish: Publish) -> None:
    held = crowd(publish(CROWD.format("crowd", "Crowd")), size=claiming.CANDIDATES + 100)
    Instance.objects.filter(pk__in=held).update(suspended_at=clock.now())
    late = crowd(publish(CROWD.format("other", "Other")), size=1)[0]
    assert worker.batch(limit=20) == 1
    assert is_over(late)


def test_a_crowd_alone_has_the_whole_batch(company: Company, publish: Publish) -> None:
    crowd(publish(CROWD.format("crowd", "Crowd")), size=30)
    assert worker.batch(limit=20) == 20


@pytest.mark.parametrize("what", ["due", "answered"])
def test_what_is_due_and_who_was_answered_do_not_wait_for_a_crowd(
    what: str, company: Company, publish: Publish, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = begin(publish(SLEEPS if what == "due" else ASKS % company.bob.pk))
    if what == "due":
        clock.wind(timedelta(hours=1))
    else:
        monkeypatch.setattr(assignments, "serve", lambda asked: None)
        with opened(company.bob.pk, door="screen") as call:
            assignments.complete(call, assignment=Assignment.objects.get(), answer="approved")
    # The crowd has been ready for longer.
    clock.wind(timedelta(hours=-2))
    crowd(publish(CROWD.format("crowd", "Crowd")), size=300)
    clock.wind(timedelta(hours=2))
    worker.batch(limit=20)
    assert is_over(waits.pk)
