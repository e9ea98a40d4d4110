"""Values that have stayed and schedules start definitions: once, not early, and not late for having been away."""

from datetime import timedelta
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import due
from potok.processes.models import Definition, Instance, Planned, StartList, StartLog, Stay
from potok.processes.operations import definitions
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Publish

HEAD = "definition: watch\ntitle: Watch\n%s\ndo:\n  - terminate: Done\n"
OF_DEALS = HEAD % "record: crm.deal\nstart:\n  - %s"
STAYED = OF_DEALS % "stayed: {field: stage, value: PAID, for: 2 days}"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def change(deal: Deal, **given: Any) -> None:
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values=given)


def later(by: timedelta) -> int:
    """Let time pass; answers how many instances there are now."""
    clock.wind(by)
    due.run_until_idle()
    return Instance.objects.count()


def test_a_value_that_stays_starts_once_and_not_before_its_time(publish: Publish, deal: Deal) -> None:
    publish(STAYED)
    change(deal, stage="PAID")
    assert later(2 * DAY - HOUR) == 0
    change(deal, title="Pump house 2")
    assert later(2 * HOUR) == 1
    assert later(10 * DAY) == 1
    assert StartLog.objects.get().trigger["on"] == "stayed"


def test_a_value_that_leaves_starts_nothing_and_counts_anew_when_it_comes_back(publish: Publish, deal: Deal) -> None:
    publish(STAYED)
    change(deal, stage="PAID")
    assert later(DAY) == 0
    change(deal, stage="NEW")
    assert not Stay.objects.exists()
    change(deal, stage="PAID")
    assert later(2 * DAY - HOUR) == 0
    assert later(2 * HOUR) == 1


def test_any_change_of_the_field_counts_anew_where_no_value_is_named(publish: Publish, deal: Deal) -> None:
    publish(OF_DEALS % "stayed: {field: stage, for: 2 days}")
    change(deal, stage="PAID")
    assert later(DAY) == 0
    change(deal, stage="WON")
    assert later(DAY + HOUR) == 0
    assert later(DAY) == 1


def test_what_stays_already_counts_from_publishing_on(publish: Publish, deal: Deal) -> None:
    change(deal, stage="PAID")
    clock.wind(10 * DAY)
    publish(STAYED)
    assert later(2 * DAY - HOUR) == 0
    assert later(2 * HOUR) == 1
    # Published again, it does not begin anew in what it has started on.
    publish(STAYED.replace("Done", "Well done"))
    assert later(10 * DAY) == 1


def test_a_definition_that_is_off_forgets_what_stayed(company: Company, publish: Publish, deal: Deal) -> None:
    definition = publish(STAYED)
    change(deal, stage="PAID")
    switch(definition, on=False)
    assert later(3 * DAY) == 0
    switch(definition, on=True)
    assert later(2 * DAY - HOUR) == 0
    assert later(2 * HOUR) == 1


def switch(definition: Definition, *, on: bool) -> None:
    with opened(None, door="screen") as call:
        definitions.switch(call, definition=definition, is_active=on)


def test_working_hours_alone_count_where_it_says_so(publish: Publish, deal: Deal) -> None:
    publish(OF_DEALS % "stayed: {field: stage, value: PAID, for: 8 hours, working: true}")
    change(deal, stage="PAID")
    stay = Stay.objects.get()
    assert stay.due - stay.since > timedelta(hours=8)


def test_the_condition_is_asked_when_the_time_has_come(publish: Publish, deal: Deal) -> None:
    publish(OF_DEALS % "stayed: {field: stage, value: PAID, for: 2 days, when: '{=Document:title} = \"Go\"'}")
    change(deal, stage="PAID")
    assert later(3 * DAY) == 0
    assert StartLog.objects.get().fields["code"] == "condition"


def test_a_record_in_the_trash_starts_nothing(publish: Publish, deal: Deal) -> None:
    publish(STAYED)
    change(deal, stage="PAID")
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].remove(call, record=deal)
    assert later(3 * DAY) == 0


DAILY = HEAD % "start:\n  - schedule: {every: 1 hour}"


def test_a_schedule_starts_at_each_of_its_moments(publish: Publish) -> None:
    publish(DAILY)
    assert later(HOUR) == 1
    assert later(HOUR) == 2


def test_moments_missed_are_made_up_for_by_one_start(publish: Publish) -> None:
    publish(DAILY)
    assert later(5 * HOUR) == 1
    told = StartLog.objects.get().trigger
    assert (told["on"], told["missed"]) == ("schedule", 4)
    assert later(HOUR) == 2


def test_a_moment_that_comes_once_comes_once(publish: Publish) -> None:
    soon = (clock.now() + DAY).strftime("%Y-%m-%d %H:%M")
    publish(HEAD % f"zone: UTC\nstart:\n  - schedule: {{once: {soon}}}")
    assert later(DAY) == 1
    assert later(9 * DAY) == 1
    assert Planned.objects.get().due is None


def test_a_schedule_starts_on_every_record_that_meets_the_condition(publish: Publish, deal: Deal) -> None:
    with opened(None, door="start_up") as call:
        for title in ("Go", "Stop", "Go"):
            records.verbs["crm.deal"].add(call, values={"title": title})
    publish(OF_DEALS % "schedule: {every: 1 hour, when: '{=Document:title} = \"Go\"'}")
    assert later(HOUR) == 2
    assert not StartList.objects.exists()


def test_a_definition_that_was_off_makes_up_for_nothing(publish: Publish) -> None:
    definition = publish(DAILY)
    switch(definition, on=False)
    assert later(5 * HOUR) == 0
    switch(definition, on=True)
    due.run_until_idle()
    assert Instance.objects.count() == 0
    assert later(HOUR) == 1


def test_what_cannot_be_carried_out_delays_no_other(
    publish: Publish, deal: Deal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    publish(DAILY)
    publish(STAYED.replace("watch", "other"))
    change(deal, stage="PAID")

    def broken(*given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("potok.processes.schedules.count", broken)
    assert later(3 * DAY) == 1
    assert "could not be carried out" in caplog.text
    monkeypatch.undo()
    assert later(HOUR) == 2
