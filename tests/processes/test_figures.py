"""How long steps hold instances, where they stand, how long what is over is kept."""

from datetime import date, timedelta

import pytest
from django.db import connection

from potok.engine.time import OFFICE_WEEK
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.processes import erasing, figures, partitions, upkeep, worker
from potok.processes.models import Assignment, Definition, Instance, Journal, Tally, Visit
from potok.processes.operations import assignments, definitions, instances, versions
from tests.company import Company
from tests.processes.conftest import Begin, Publish

SOURCE = """
definition: count
title: Count
do:
  - {id: told, block: status_text, with: {text: Begun}}
  - {id: asked, title: Agree, block: approve, with: {to: user_WHO, title: Agree}}
  - {id: rest, title: Rest, pause: {for: 2 days}}
"""


def counted(company: Company, publish: Publish) -> Definition:
    return publish(SOURCE.replace("WHO", str(company.bob.pk)))


def of(definition: Definition) -> dict[str, figures.Figure]:
    return {one.name: one for one in figures.of(Definition.objects.get(pk=definition.pk))}


def answer(company: Company, assignment: Assignment) -> None:
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=assignment, answer="approved")


def test_a_step_tells_how_many_passed_it_and_how_many_stand_there(
    company: Company, publish: Publish, begin: Begin
) -> None:
    definition = counted(company, publish)
    for _ in range(3):
        begin(definition)
    answer(company, Assignment.objects.order_by("pk")[0])
    found = of(definition)
    assert [(name, one.passed, one.here) for name, one in found.items()] == [
        ("told", 3, 0), ("asked", 1, 2), ("rest", 0, 1)
    ]  # fmt: skip
    assert found["asked"].since == Assignment.objects.order_by("pk")[1].opened_at


def test_how_long_a_step_holds_is_told_in_working_time(company: Company, publish: Publish, begin: Begin) -> None:
    definition = counted(company, publish)
    begin(definition)
    answer(company, Assignment.objects.get())
    visit = Visit.objects.exclude(ended_at=None).get()
    # From Friday 17:00 to Monday 10:00 two hours are worked in an office week.
    friday = visit.begun_at.replace(year=2026, month=11, day=20, hour=14, minute=0, second=0, microsecond=0)
    Visit.objects.filter(pk=visit.pk).update(begun_at=friday, ended_at=friday + timedelta(hours=65))
    assert upkeep.tend() == 1
    assert upkeep.tend() == 0
    worked = Visit.objects.get(pk=visit.pk).worked_seconds
    assert worked is not None
    assert 0 < worked < 65 * 3600
    assert len(OFFICE_WEEK) == 7


def test_steps_of_earlier_versions_count_for_what_they_are_now(
    company: Company, publish: Publish, begin: Begin
) -> None:
    definition = counted(company, publish)
    begin(definition)
    source = SOURCE.replace("WHO", str(company.bob.pk)).replace(
        "do:\n", "do:\n  - {title: First, pause: {for: 1 day}}\n"
    )
    publish(source)
    begin(Definition.objects.get(pk=definition.pk))
    assert {name: one.here for name, one in of(definition).items() if one.here} == {"do.0": 1, "asked": 1}


def test_tallies_of_a_day_become_one(company: Company, publish: Publish, begin: Begin) -> None:
    definition = counted(company, publish)
    begin(definition), begin(definition)
    Tally.objects.update(day=date(2026, 1, 1))
    upkeep.tidy()
    assert Tally.objects.get().passed == 2


def test_what_is_over_is_kept_as_long_as_the_definition_says(company: Company, publish: Publish, begin: Begin) -> None:
    definition = counted(company, publish)
    old, kept = begin(definition), begin(definition)
    for instance in (old, kept):
        with opened(company.ann.pk, door="screen") as call:
            instances.terminate(call, instance=instance)
    Instance.objects.filter(pk=old.pk).update(ended_at=clock.now() - timedelta(days=100))
    assert erasing.erase_expired() == 0
    with opened(company.ann.pk, door="screen") as call:
        versions.keep(call, definition=definition, instance_months=3)
    assert erasing.erase_expired() == 1
    assert list(Instance.objects.values_list("pk", flat=True)) == [kept.pk]
    assert not Journal.objects.filter(instance_id=old.pk).exists()


def test_only_months_that_can_be_kept_are_taken(company: Company, publish: Publish) -> None:
    definition = counted(company, publish)
    for months in (0, 601):
        with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as no:
            versions.keep(call, definition=definition, journal_months=months)
        assert no.value.code == "processes.wrong_months"


def test_a_month_of_the_journal_is_dropped_with_its_partition(company: Company, publish: Publish, begin: Begin) -> None:
    definition = counted(company, publish)
    with opened(company.ann.pk, door="screen") as call:
        versions.keep(call, definition=definition, journal_months=1)
    partitions.make_ahead()
    begin(definition)
    worker.run_until_idle()
    until = Journal.objects.values_list("until", flat=True)[0]
    assert until == partitions.months_after(clock.now().date(), 2)
    name = f"processes_journal_until_{until:%Y_%m}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {name}")
        assert cursor.fetchone()[0] > 0
        cursor.execute("UPDATE kit_clock SET ahead = %s", [timedelta(days=75)])
    assert name in partitions.drop_expired()
    assert not Journal.objects.exists()
    assert Instance.objects.exists()


def test_an_earlier_version_is_restored_as_a_new_one_and_drafted(company: Company, publish: Publish) -> None:
    definition = counted(company, publish)
    publish(SOURCE.replace("WHO", str(company.bob.pk)).replace("2 days", "3 days"))
    with opened(company.ann.pk, door="screen") as call:
        assert versions.restore(call, definition=definition, number=1).number == 3
        assert "2 days" in versions.draft(call, definition=definition, number=1).draft
    with opened(company.carol.pk, door="screen") as call:
        for act in (versions.restore, versions.draft):
            with pytest.raises(Refused) as no:
                act(call, definition=definition, number=1)
            assert no.value.code == "kit.forbidden"
        assert definitions.definition("count").version.number == 3  # type: ignore[union-attr]
