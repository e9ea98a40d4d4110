"""Activities remind before they begin, and say when they are done."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from potok.crm.activities import public as activities
from potok.crm.activities import reminding
from potok.crm.activities.models import Activity
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.models import EventRow
from potok.notify.public import Notice
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import refused
from tests.records.screens.conftest import inside

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def begins(firm: Company) -> datetime:
    return (clock.now() + timedelta(days=2)).replace(microsecond=0)


def plan(firm: Company, begins: datetime, **values: Any) -> Any:
    given = {"title": "Call back", "starts_at": begins, "responsible": firm.bob.pk, "remind_minutes": 60, **values}
    with opened(None, door="screen") as call:
        return records.verbs["crm.activity"].add(call, values=given)


def change(row: Any, **values: Any) -> None:
    with opened(None, door="screen") as call:
        records.verbs["crm.activity"].change(call, record=row, values=values)


def reminded(firm: Company) -> list[str]:
    why = "A reminder of what you have planned."
    return list(Notice.objects.filter(to=firm.bob.pk, why=why).values_list("text", flat=True))


def test_a_reminder_comes_before_the_beginning_and_once(firm: Company, begins: datetime) -> None:
    plan(firm, begins)
    assert reminding.serve() == 0
    clock.wind(begins - HOUR - clock.now())
    assert [reminding.serve(), reminding.serve()] == [1, 0]
    [text] = reminded(firm)
    assert text.startswith("“Call back”: ")


def test_what_is_moved_reminds_anew(firm: Company, begins: datetime) -> None:
    row = plan(firm, begins)
    change(row, starts_at=begins + HOUR)
    assert Activity.objects.get().reminds_at == begins
    change(row, remind_minutes=None)
    assert Activity.objects.get().reminds_at is None


@pytest.mark.parametrize("verb", ["complete", "remove"])
def test_what_is_done_or_removed_reminds_of_nothing(firm: Company, begins: datetime, verb: str) -> None:
    row = plan(firm, begins)
    with opened(None, door="screen") as call:
        if verb == "complete":
            activities.complete(call, activity=row)
        else:
            records.verbs["crm.activity"].remove(call, record=row)
    clock.wind(begins - clock.now())
    assert reminding.serve() == 0
    assert reminded(firm) == []


def test_a_reminder_whose_moment_is_over_does_not_come(firm: Company) -> None:
    plan(firm, clock.now() + timedelta(minutes=30))
    assert reminding.serve() == 0


@pytest.mark.parametrize("minutes", [-1, 0.5, 60 * 24 * 32])
def test_a_reminder_comes_at_the_beginning_or_some_time_before(firm: Company, begins: datetime, minutes: float) -> None:
    with refused("crm.activity.wrong_reminder"):
        plan(firm, begins, remind_minutes=minutes)


def test_whoever_plans_by_hand_is_reminded_unless_he_says_otherwise(firm: Company) -> None:
    firm.grant("crm.activity.add", to=firm.bob)
    page = inside(firm.bob)
    assert 'value="15" selected' in page.get("/activities/plan").content.decode()
    day = (clock.now() + timedelta(days=2)).date().isoformat()
    for remind, kept in (("60", 60), ("", None)):
        answer = page.post("/activities/plan", {"day": day, "hour": "10:00", "kind": "call", "remind": remind})
        assert answer.status_code < 400
        assert Activity.objects.latest("pk").remind_minutes == kept


def test_it_is_said_once_that_an_activity_was_done(firm: Company, begins: datetime) -> None:
    row = plan(firm, begins)
    with opened(None, door="screen") as call:
        activities.complete(call, activity=row, result="They agree")
    change(row, text="Later")
    [told] = EventRow.objects.filter(name="crm.activity.closed")
    assert told.payload == {"activity": row.pk, "result": "They agree", "removed": False}
