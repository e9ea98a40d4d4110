"""The working day: begun, paused and ended by oneself, seen and corrected by the head."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from potok.absences import rules, workdays
from potok.absences.models import Workday
from potok.absences.permissions import WORKDAYS
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import Extent, Person
from tests.absences.test_web import browser, page
from tests.company import Company

MINUTE = timedelta(minutes=1)


def does(who: Person, act: Callable[..., Workday], **given: object) -> Workday:
    with opened(who.pk, door="screen") as call:
        return act(call, **given)


def passes(**lasts: float) -> None:
    clock.wind(timedelta(**lasts))


def roughly(lasts: timedelta) -> timedelta:
    """To the minute: the clock of the test goes on."""
    return timedelta(minutes=round(lasts / MINUTE))


@pytest.fixture
def morning(db: None) -> None:
    """It is nine o'clock in Moscow, tomorrow."""
    here = ZoneInfo("Europe/Moscow")
    nine = datetime.combine(clock.now().astimezone(here).date() + timedelta(days=1), time(9), here)
    clock.wind(nine - clock.now())


def test_pauses_are_not_worked(morning: None, company: Company) -> None:
    does(company.bob, workdays.begin)
    passes(hours=3)
    assert does(company.bob, workdays.pause).state == rules.AT_PAUSE
    passes(minutes=40)
    does(company.bob, workdays.pause)
    passes(minutes=20)
    assert does(company.bob, workdays.begin).state == rules.AT_WORK
    passes(hours=4)
    one = does(company.bob, workdays.end)
    assert (roughly(one.worked(now=clock.now())), roughly(one.paused)) == (timedelta(hours=7), timedelta(hours=1))
    assert one.state == rules.ENDED


def test_beginning_twice_begins_once_and_who_comes_back_goes_on(morning: None, company: Company) -> None:
    first = does(company.bob, workdays.begin)
    assert does(company.bob, workdays.begin) == first
    passes(hours=2)
    does(company.bob, workdays.end)
    passes(hours=1)
    again = does(company.bob, workdays.begin)
    assert again == first
    assert roughly(again.worked(now=clock.now())) == timedelta(hours=2)
    assert workdays.now_at_work([company.bob.pk, company.carol.pk]) == {company.bob.pk: rules.AT_WORK}


def test_what_has_not_begun_is_neither_paused_nor_ended(company: Company) -> None:
    for act in (workdays.pause, workdays.end):
        with pytest.raises(Refused) as refused:
            does(company.bob, act)
        assert refused.value.code == "absences.workday.not_begun"


def test_a_day_that_was_forgotten_is_ended_before_the_next_begins(morning: None, company: Company) -> None:
    one = does(company.bob, workdays.begin)
    passes(hours=24)
    with pytest.raises(Refused) as refused:
        does(company.bob, workdays.begin)
    assert refused.value.code == "absences.workday.unfinished"
    assert "When did it end?" in page(company.bob, "/workday/")
    for wrong in (one.begins_at - MINUTE, clock.now() + timedelta(hours=1)):
        with pytest.raises(Refused) as refused:
            does(company.bob, workdays.end, ends_at=wrong)
        assert refused.value.code == "absences.workday.wrong_end"
    browser(company.bob).post("/workday/end", {"ends_at": "17:30", "note": "Left at once"})
    one.refresh_from_db()
    assert roughly(one.worked(now=clock.now())) == timedelta(hours=8, minutes=30)
    assert one.note == "Left at once"
    assert does(company.bob, workdays.begin) != one


def test_the_buttons_begin_pause_and_end(morning: None, company: Company) -> None:
    bob = browser(company.bob)
    assert "Begin the day" in page(company.bob, "/workday/")
    bob.post("/workday/beginning")
    assert "End the day" in page(company.bob, "/workday/")
    assert "at work" in page(company.carol, "/absences/"), "colleagues see who is there"
    bob.post("/workday/pause")
    assert "at a pause" in page(company.carol, "/absences/")
    bob.post("/workday/beginning")
    bob.post("/workday/end")
    assert "Go on" in page(company.bob, "/workday/")
    assert "at work" not in page(company.carol, "/absences/")


def test_a_head_sees_the_hours_of_those_below_and_corrects_a_day_with_a_note(morning: None, company: Company) -> None:
    one = does(company.bob, workdays.begin)
    passes(hours=9)
    does(company.bob, workdays.end)
    month = f"/workdays/?month={one.day:%Y-%m}"
    assert "9:00" in page(company.alice, month)
    there = f"/workdays/{company.bob.pk}/{one.day}/"
    alice: Client = browser(company.alice)
    typed = {"begins_at": "10:00", "ends_at": "16:00", "paused_minutes": "30"}
    assert "absences.workday.no_note" in alice.post(there, typed).headers["HX-Trigger"]
    alice.post(there, {**typed, "note": "Came later"})
    assert "5:30" in page(company.alice, month)
    assert "Came later" in page(company.bob, "/workday/"), "the person reads why"
    one.refresh_from_db()
    assert one.corrections[0]["was"]["paused"] == 0


def test_a_day_that_nobody_began_is_written_down_by_the_head(morning: None, company: Company) -> None:
    day = clock.now().date() - timedelta(days=3)
    there = f"/workdays/{company.bob.pk}/{day}/"
    browser(company.alice).post(there, {"begins_at": "22:00", "ends_at": "06:00", "note": "The night shift"})
    one = Workday.objects.get(person=company.bob)
    assert (one.day, one.worked(now=clock.now())) == (day, timedelta(hours=8))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"begins_at": "soon"}, "absences.workday.wrong_end"),
        ({"paused_minutes": "999"}, "absences.workday.wrong_pause"),
        ({"note": "x" * 1001}, "absences.workday.long_note"),
    ],
)
def test_what_makes_no_sense_corrects_nothing(company: Company, typed: dict[str, str], code: str) -> None:
    day = clock.now().date() - timedelta(days=3)
    given = {"begins_at": "09:00", "ends_at": "18:00", "note": "Why", **typed}
    answer = browser(company.alice).post(f"/workdays/{company.bob.pk}/{day}/", given)
    assert code in answer.headers["HX-Trigger"]
    assert not Workday.objects.exists()


def test_nobody_but_a_head_sees_and_corrects_a_day(morning: None, company: Company) -> None:
    one = does(company.bob, workdays.begin)
    passes(hours=8)
    given = {"begins_at": one.begins_at, "ends_at": clock.now(), "note": "Mine"}
    for who in (company.carol, company.bob, company.fay):
        with pytest.raises(Refused) as refused:
            does(who, workdays.correct, person=company.bob, day=one.day, **given)
        assert refused.value.code == "absences.workday.not_a_head"
        assert browser(who).get(f"/workdays/{company.bob.pk}/{one.day}/").status_code == 404
    assert browser(company.carol).get("/workdays/").status_code == 403
    company.grant(WORKDAYS, extent=Extent.ALL, to=company.carol)
    assert str(company.bob) in page(company.carol, "/workdays/")
    does(company.carol, workdays.correct, person=company.bob, day=one.day, **given)
    with pytest.raises(Refused):
        does(company.carol, workdays.correct, person=company.carol, day=one.day, **given)


def test_nobody_from_outside_has_a_working_day(company: Company) -> None:
    for act in (workdays.begin, workdays.pause, workdays.end):
        with pytest.raises(Refused) as refused:
            does(company.eve, act)
        assert refused.value.code == "absences.workday.nobody"
    assert browser(company.eve).get("/workday/").status_code == 403


spans = st.timedeltas(timedelta(), timedelta(days=1))


@given(spans, spans)
def test_nobody_has_worked_less_than_nothing_or_longer_than_he_was_there(lasts: timedelta, paused: timedelta) -> None:
    begins_at = datetime(2026, 3, 29, tzinfo=ZoneInfo("UTC"))
    worked = rules.worked(begins_at, begins_at + lasts, paused=paused)
    assert timedelta() <= worked <= lasts
