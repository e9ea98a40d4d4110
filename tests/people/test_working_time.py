"""Who works when: what is said of a person goes before his department, that before the company."""

from datetime import UTC, date, datetime, timedelta

import pytest

from potok.engine.time import WorkingTime
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused
from potok.people import public as people
from potok.people import rules
from potok.people.operations import absences, hours
from potok.people.rules import Extent
from tests.company import Company
from tests.questions import counted

EARLY = ((7 * 60, 15 * 60),)
LATE = ((12 * 60, 20 * 60),)
MONDAY = date(2026, 11, 23)


def week(*shifts: tuple[int, int]) -> list[list[tuple[int, int]]]:
    return [list(shifts)] * 5 + [[], []]


def on(day: date, of: WorkingTime) -> str:
    return rules.shown_shifts(of.shifts(day))


def test_until_anything_is_said_the_company_works_office_hours(company: Company) -> None:
    bob = people.working_time(person=company.bob.pk)
    assert on(MONDAY, bob) == "9:00–13:00, 14:00–18:00"
    assert (bob.zone, bob.country) == ("Europe/Moscow", "RU")
    assert on(date(2026, 1, 5), bob) == ""


def test_the_nearest_word_counts(company: Company) -> None:
    with opened(None, door="screen") as call:
        hours.set_(call, week=week((600, 660)), country="-", zone="Europe/Samara")
        hours.set_(call, department=company.sales, week=week(*EARLY))
        hours.set_(call, person=company.fay, week=week(*LATE), zone="Asia/Omsk")
    whole = people.working_time()
    assert (on(MONDAY, whole), whole.country, whole.zone) == ("10:00–11:00", "", "Europe/Samara")
    bob = people.working_time(person=company.bob.pk)
    assert (on(MONDAY, bob), bob.country, bob.zone) == ("7:00–15:00", "", "Europe/Moscow")
    assert on(MONDAY, people.working_time(department=company.partners.pk)) == "7:00–15:00"
    fay = people.working_time(person=company.fay.pk)
    assert (on(MONDAY, fay), fay.zone) == ("12:00–20:00", "Asia/Omsk")
    with opened(None, door="screen") as call:
        hours.clear(call, person=company.fay)
    assert on(MONDAY, people.working_time(person=company.fay.pk)) == "7:00–15:00"
    assert on(MONDAY, people.working_time(person=company.eve.pk)) == "10:00–11:00"


def test_special_days_of_the_nearest_go_before_those_above(company: Company) -> None:
    with opened(None, door="screen") as call:
        hours.set_day(call, day=MONDAY, title="Inventory")
        hours.set_day(call, day=MONDAY, shifts=EARLY, department=company.warehouse)
        hours.set_day(call, day=date(2026, 1, 5), shifts=EARLY)
    assert on(MONDAY, people.working_time(person=company.bob.pk)) == ""
    assert on(MONDAY, people.working_time(person=company.carol.pk)) == "7:00–15:00"
    assert on(date(2026, 1, 5), people.working_time()) == "7:00–15:00"
    with opened(None, door="screen") as call:
        hours.remove_day(call, day=MONDAY)
    assert on(MONDAY, people.working_time(person=company.bob.pk)) == "9:00–13:00, 14:00–18:00"


def test_who_is_away_does_not_work(company: Company) -> None:
    begins = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    with opened(None, door="screen") as call:
        away = absences.add(call, person=company.bob, begins_at=begins, ends_at=begins + timedelta(hours=1))
    bob = people.working_time(person=company.bob.pk)
    assert not bob.is_working(begins)
    assert bob.is_working(begins + timedelta(hours=1))
    everybody = [company.alice.pk, company.bob.pk]
    assert people.absent(persons=everybody, at=begins) == [company.bob.pk]
    assert people.absent(persons=everybody, at=begins + timedelta(hours=1)) == []
    with opened(None, door="screen") as call:
        absences.remove(call, absence=away)
    assert people.working_time(person=company.bob.pk).is_working(begins)


def test_working_time_of_many_is_asked_at_once(company: Company) -> None:
    asked: list[dict[str, object]] = [{}, *({"person": one.pk} for one in (company.bob, company.fay, company.carol))]
    with counted() as statements:
        found = people.working_time.many(asked)
    assert len(statements) <= 6
    assert found[1:] == [people.working_time(person=one.pk) for one in (company.bob, company.fay, company.carol)]


def test_strangers_do_not_change_anybodys_hours(company: Company) -> None:
    with opened(company.carol.pk, door="screen") as call:
        for ask in (
            lambda: hours.set_(call, week=week(*EARLY)),
            lambda: hours.clear(call),
            lambda: hours.set_day(call, day=MONDAY),
            lambda: hours.remove_day(call, day=MONDAY),
        ):
            with pytest.raises(Forbidden):
                ask()


def test_absences_are_entered_by_those_within_reach(company: Company) -> None:
    company.grant("people.absence.edit", extent=Extent.OWN, to=company.bob)
    begins = datetime(2026, 11, 23, tzinfo=UTC)
    lasts = {"begins_at": begins, "ends_at": begins + timedelta(days=1)}
    with opened(company.bob.pk, door="screen") as call:
        away = absences.add(call, person=company.bob, **lasts)
        with pytest.raises(Forbidden):
            absences.add(call, person=company.carol, **lasts)
    with opened(company.carol.pk, door="screen") as call, pytest.raises(Forbidden):
        absences.remove(call, absence=away)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9:00–13:00, 14:00–18:00", "9:00–13:00, 14:00–18:00"),
        ("9-18", "9:00–18:00"),
        ("22:00 - 6:00", "22:00–6:00"),
        ("0-24", "0:00–24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, shown: str) -> None:
    assert rules.shown_shifts(rules.shifts(text)) == shown
    assert rules.shifts(shown) == rules.shifts(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("from nine", "people.hours.wrong"),
        ("25-26", "people.hours.wrong"),
        ("24-25", "people.hours.wrong"),
        ("9-13, 12-18", "people.hours.overlap"),
    ],
)
def test_hours_that_are_none_are_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.shifts(text)
    assert refused.value.code == code


def test_what_cannot_be_worked_is_refused(company: Company) -> None:
    begins = datetime(2026, 11, 23, tzinfo=UTC)
    with opened(None, door="screen") as call:
        for code, ask in {
            "people.hours.wrong": lambda: hours.set_day(call, day=MONDAY, shifts=((600, 500),)),
            "people.hours.wrong_week": lambda: hours.set_(call, week=[[]]),
            "people.hours.wrong_country": lambda: hours.set_(call, country="XX"),
            "people.person.wrong_zone": lambda: hours.set_(call, zone="Moon/Crater"),
            "people.absence.ends_early": lambda: absences.add(
                call, person=company.bob, begins_at=begins, ends_at=begins
            ),
            "people.absence.wrong_kind": lambda: absences.add(
                call, person=company.bob, begins_at=begins, ends_at=begins + timedelta(1), kind="moon"
            ),
        }.items():
            with pytest.raises(Refused) as refused:
                ask()
            assert refused.value.code == code
