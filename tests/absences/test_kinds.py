"""Kinds of absences are kept by the company; days of leave are counted against what a person has."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from potok.absences import days, kinds, leave, rules
from potok.absences.models import Kind
from potok.absences.permissions import KINDS
from potok.engine.time import holidays_of
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Waiting
from potok.people import public as people
from potok.people.public import Absence, Person, absences
from tests.absences.test_web import browser, page
from tests.company import Company

HERE = ZoneInfo("Europe/Moscow")


def add(company: Company, by: Person | None = None, **given: Any) -> Kind:
    if by is None:
        company.grant(KINDS, to=company.ann)
    with opened((by or company.ann).pk, door="screen") as call:
        return kinds.add(call, **{"code": "donor", "title": "Day of a donor", **given})


def ask(person: Person, first: date, last: date, *, kind: str = "vacation") -> Absence:
    begins_at, ends_at = days.stretch(person, first, last)
    with opened(person.pk, door="screen") as call:
        return absences.ask(call, person=person, begins_at=begins_at, ends_at=ends_at, kind=kind)


def balance(person: Person, year: int, kind: str = "vacation") -> leave.Balance:
    return next(one for one in leave.balances([person], year=year)[person.pk] if one.kind.code == kind)


def test_a_kind_of_ones_own_is_offered_and_drawn_in_its_colour(company: Company) -> None:
    add(company, colour=7)
    assert "Day of a donor" in page(company.bob, "/absences/new")
    assert "tint-7" in page(company.alice, "/absences/")
    one = ask(company.bob, date(2040, 3, 5), date(2040, 3, 5), kind="donor")
    assert "Day of a donor" in page(company.alice, f"/absences/{one.pk}/")


def test_what_needs_no_approval_asks_nobody(company: Company) -> None:
    add(company, needs_approval=False)
    assert ask(company.bob, date(2040, 3, 5), date(2040, 3, 5), kind="donor").status == "approved"
    one = ask(company.bob, date(2040, 3, 6), date(2040, 3, 6))
    assert one.status == "asked"
    assert [row.key for row in Waiting.objects.filter(kind="absence")] == [f"absence:{one.pk}"]


def test_a_kind_that_is_gone_is_not_offered_and_what_was_written_down_stays(company: Company) -> None:
    kind = add(company)
    one = ask(company.bob, date(2040, 3, 5), date(2040, 3, 5), kind="donor")
    typed = {"title": "Donors", "colour": "2", "is_gone": "1"}
    assert browser(company.ann).post(f"/absences/kinds/{kind.pk}/", typed).status_code == 204
    assert "Donors" not in page(company.bob, "/absences/new")
    assert "Donors" in page(company.bob, f"/absences/{one.pk}/")
    with pytest.raises(Refused) as refused:
        ask(company.bob, date(2040, 3, 6), date(2040, 3, 6), kind="donor")
    assert refused.value.code == "people.absence.wrong_kind"


def test_the_last_kind_stays(company: Company) -> None:
    company.grant(KINDS, to=company.ann)
    Kind.objects.exclude(code="vacation").update(is_gone=True)
    with pytest.raises(Refused) as refused, opened(company.ann.pk, door="screen") as call:
        kinds.change(
            call, kind=Kind.objects.get(code="vacation"), title="Vacation", colour=1, is_paid=True, needs_approval=True,
            is_gone=True,
        )  # fmt: skip
    assert refused.value.code == "absences.kind.stays"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"code": "two words"}, "absences.kind.wrong_code"),
        ({"code": "Vacation"}, "absences.kind.taken"),
        ({"title": " "}, "absences.kind.untitled"),
        ({"days_a_year": 400}, "absences.kind.wrong_days"),
    ],
)
def test_a_kind_that_makes_no_sense_is_refused(company: Company, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        add(company, **given)
    assert refused.value.code == code


def test_kinds_are_kept_by_who_may(company: Company) -> None:
    with pytest.raises(Refused) as refused:
        add(company, by=company.bob)
    assert refused.value.code == "kit.forbidden"
    kind = Kind.objects.get(code="sick")
    assert browser(company.bob).get("/absences/kinds/").status_code == 403
    assert browser(company.bob).post(f"/absences/kinds/{kind.pk}/", {"title": "X"}).status_code == 403
    with pytest.raises(Refused), opened(company.bob.pk, door="screen") as call:
        kinds.change(call, kind=kind, title="X", colour=1, is_paid=True, needs_approval=True)


def test_days_of_leave_are_taken_planned_asked_for_and_left(company: Company) -> None:
    year = clock.now().astimezone(HERE).year + 1
    with opened(None, door="start_up") as call:
        for month, lasts in ((2, 3), (7, 14)):
            begins_at, ends_at = days.stretch(company.bob, date(year, month, 9), date(year, month, 8 + lasts))
            absences.add(call, person=company.bob, begins_at=begins_at, ends_at=ends_at)
    ask(company.bob, date(year, 9, 1), date(year, 9, 2))
    clock.wind(datetime(year, 4, 1, tzinfo=UTC) - clock.now())
    found = balance(company.bob, year)
    assert (found.allowed, found.used, found.planned, found.asked, found.left) == (28, 3, 14, 2, 11)
    assert ">11<" in page(company.bob, "/absences/mine")


def test_public_holidays_take_no_day_and_weekends_do(company: Company) -> None:
    # The 12th of June is a holiday, the 13th and the 14th are a weekend.
    with opened(None, door="start_up") as call:
        begins_at, ends_at = days.stretch(company.bob, date(2026, 6, 11), date(2026, 6, 14))
        absences.add(call, person=company.bob, begins_at=begins_at, ends_at=ends_at)
    assert balance(company.bob, 2026).used == 3


def test_a_leave_over_new_year_counts_in_both_years(company: Company) -> None:
    with opened(None, door="start_up") as call:
        begins_at, ends_at = days.stretch(company.bob, date(2035, 12, 25), date(2036, 1, 10))
        absences.add(call, person=company.bob, begins_at=begins_at, ends_at=ends_at)
    assert (balance(company.bob, 2035).planned, balance(company.bob, 2036).planned) == (7, 2)


def test_somebody_has_more_days_than_others(company: Company) -> None:
    company.grant(people.permissions.EDIT_ABSENCES, to=company.alice)
    kind = Kind.objects.get(code="vacation")
    typed = {"kind": str(kind.pk), "year": "2040", "days": "35"}
    assert browser(company.alice).post(f"/absences/leave/{company.bob.pk}/", typed).status_code == 204
    assert balance(company.bob, 2040).allowed == 35
    assert balance(company.bob, 2041).allowed == 28
    assert "35" in page(company.alice, "/absences/leave/?year=2040")
    with opened(company.alice.pk, door="screen") as call, pytest.raises(Refused) as refused:
        leave.allow(call, person=company.bob, kind=Kind.objects.get(code="sick"), year=2040, days=3)
    assert refused.value.code == "absences.kind.not_counted"


def test_a_stranger_neither_sees_nor_changes_days_of_leave(company: Company) -> None:
    assert browser(company.carol).get("/absences/leave/").status_code == 403
    with pytest.raises(Refused) as refused, opened(company.carol.pk, door="screen") as call:
        leave.allow(call, person=company.bob, kind=Kind.objects.get(code="vacation"), year=2040, days=99)
    assert refused.value.code == "kit.forbidden"


moments = st.dates(date(2020, 1, 1), date(2030, 12, 31))


# What knows the holidays loads for a while, the first time.
@settings(deadline=None)
@given(moments, st.integers(0, 60), st.sampled_from(["RU", "DE", ""]))
def test_every_day_of_a_leave_counts_in_one_year_or_is_a_holiday(first: date, lasts: int, country: str) -> None:
    last = first + timedelta(days=lasts)
    years = range(first.year, last.year + 1)
    free = {day for year in years for day in holidays_of(country, year) if first <= day <= last}
    counted = sum(rules.days_counted(first, last, year=year, holidays=holidays_of(country, year)) for year in years)
    assert counted == lasts + 1 - len(free)
