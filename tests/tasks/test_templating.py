"""Templates give tasks again: by hand, or by a rule, exactly once each time."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.kit import clock
from potok.tasks import repeating, templating, timekeeping
from potok.tasks.models import Item, Task, Template
from tests.tasks.acting import act, refused_code

MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)  # nine o'clock in Moscow
MOSCOW = "Europe/Moscow"


def keep(company: SimpleNamespace, **more: Any) -> Template:
    fields = {"responsible": company.bob.pk, "checklist": ["Sum up"], "description": "For the board"}
    template: Template = act(company.alice.pk, templating.add, title="Report", fields=fields, **more)
    return template


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY", [1, 2, 3]),
        ("FREQ=DAILY;INTERVAL=2", [2, 4, 6]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", [3, 7, 10]),
        ("FREQ=MONTHLY", [31, 61, 92]),
        ("FREQ=DAILY;COUNT=2", [1, None, None]),
        ("FREQ=DAILY;UNTIL=20260303", [1, None, None]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", [None, None, None]),
    ],
)
def test_a_rule_names_its_days(rule: str, days: list[int | None]) -> None:
    after: datetime | None = MONDAY
    for expected in days:
        after = repeating.following(repeating.tidy(rule), begins_at=MONDAY, after=after or MONDAY, zone=MOSCOW)
        assert after == (None if expected is None else MONDAY + timedelta(days=expected))
        if after is None:
            return


def test_nine_o_clock_stays_nine_o_clock_in_summer() -> None:
    zone, friday = "Europe/Berlin", datetime(2026, 3, 27, 8, tzinfo=UTC)
    found = repeating.following("FREQ=WEEKLY", begins_at=friday, after=friday, zone=zone)
    assert found == datetime(2026, 4, 3, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "often",
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYSETPOS=1",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;COUNT=x",
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_is_refused(rule: str) -> None:
    assert refused_code(lambda: repeating.tidy(rule)) == "tasks.repeat.unreadable"


@given(st.integers(1, 60), st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]), st.integers(0, 400))
def test_the_next_time_always_lies_ahead(every: int, frequency: str, passed: int) -> None:
    after = MONDAY + timedelta(days=passed)
    found = repeating.following(f"FREQ={frequency};INTERVAL={every}", begins_at=MONDAY, after=after, zone=MOSCOW)
    assert found is not None
    assert found > after


def test_a_template_is_given_by_hand(company: SimpleNamespace) -> None:
    act(company.alice.pk, templating.use, template=keep(company, days_given=3))
    task = Task.objects.get()
    assert (task.title, task.responsible_id, task.creator_id, task.description) == (
        "Report", company.bob.pk, company.alice.pk, "For the board",
    )  # fmt: skip
    assert task.deadline is not None
    assert [line.text for line in Item.objects.all()] == ["Sum up"]


def test_a_task_that_repeats_is_given_once_each_time(company: SimpleNamespace) -> None:
    keep(company, repeats="FREQ=DAILY", begins_at=clock.now() + timedelta(hours=1), zone=MOSCOW)
    assert timekeeping.serve() == 0
    for day in (1, 2):
        clock.wind(timedelta(days=1))
        assert (timekeeping.serve(), timekeeping.serve()) == (1, 0)
        assert Task.objects.count() == day
    assert {task.creator_id for task in Task.objects.all()} == {company.alice.pk}


def test_what_was_missed_is_given_once_and_not_for_every_day(company: SimpleNamespace) -> None:
    keep(company, repeats="FREQ=DAILY", begins_at=clock.now() + timedelta(hours=1), zone=MOSCOW)
    clock.wind(timedelta(days=9))
    assert (timekeeping.serve(), timekeeping.serve()) == (1, 0)
    assert Task.objects.count() == 1


def test_a_task_that_cannot_be_given_says_why_on_its_template_and_the_rule_goes_on(company: SimpleNamespace) -> None:
    template = keep(company, repeats="FREQ=DAILY", begins_at=clock.now() + timedelta(hours=1), zone=MOSCOW)
    company.bob.is_active = False
    company.bob.save()
    clock.wind(timedelta(days=1))
    timekeeping.serve()
    template.refresh_from_db()
    assert template.problem.startswith("Ответственного")
    assert template.next_at is not None
    assert template.next_at > clock.now()


def test_a_template_without_a_responsible_person_is_refused(company: SimpleNamespace) -> None:
    wrong = {"title": "Report", "fields": {"description": "x"}}
    assert refused_code(lambda: act(company.alice.pk, templating.add, **wrong)) == "tasks.task.no_responsible"


def test_a_template_is_changed_and_removed_by_its_owner(company: SimpleNamespace) -> None:
    template = keep(company, repeats="FREQ=DAILY", zone=MOSCOW)
    given = {"template": template, "title": "Plan", "fields": {"responsible": company.bob.pk}}
    act(company.alice.pk, templating.change, **given)
    assert Template.objects.get().next_at is None
    act(company.alice.pk, templating.remove, template=template)
    assert not Template.objects.exists()


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_a_stranger_neither_uses_nor_changes_a_template(company: SimpleNamespace, who: str) -> None:
    template, person = keep(company), getattr(company, who).pk
    given = {"template": template, "title": "x", "fields": {"responsible": person}}
    assert refused_code(lambda: act(person, templating.use, template=template)) == "tasks.template.missing"
    assert refused_code(lambda: act(person, templating.change, **given)) == "tasks.template.anothers"
    assert refused_code(lambda: act(person, templating.remove, template=template)) == "tasks.template.anothers"


def test_members_of_its_group_use_a_template(company: SimpleNamespace) -> None:
    fields = {"responsible": company.bob.pk, "group": company.group.pk}
    template = act(company.alice.pk, templating.add, title="Report", fields=fields)
    assert act(company.bob.pk, templating.use, template=template).creator_id == company.bob.pk
