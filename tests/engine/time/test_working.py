"""Working time by example: office hours, nights, moved days, absences, the change of clocks."""

from datetime import UTC, date, datetime

import pytest

from potok.engine.time import NoWorkingTime, WorkingTime
from potok.engine.time.working import OFFICE_DAY, OFFICE_WEEK, shortened
from potok.engine.values import Duration

HOUR = 3600
NIGHT = ((22 * 60, 30 * 60),)
office = WorkingTime()
moscow = WorkingTime(zone="Europe/Moscow", country="RU")
nights = WorkingTime(zone="Europe/Berlin", week=(NIGHT,) * 7)
FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-20 09:00", 1, "2026-11-20 10:00"),
        ("2026-11-20 12:30", 1, "2026-11-20 14:30"),
        ("2026-11-20 09:00", 8, "2026-11-20 18:00"),
        ("2026-11-20 17:00", 2, "2026-11-23 10:00"),
        ("2026-11-21 12:00", 1, "2026-11-23 10:00"),
        ("2026-11-20 13:30", 0, "2026-11-20 14:00"),
        ("2026-11-20 18:00", 0, "2026-11-23 09:00"),
        ("2026-11-23 10:00", -2, "2026-11-20 17:00"),
        ("2026-11-20 14:00", -4, "2026-11-20 09:00"),
        ("2026-11-20 09:00", 40, "2026-11-26 18:00"),
    ],
)
def test_hours_count_only_while_somebody_works(start: str, hours: int, end: str) -> None:
    assert office.plus(at(start), hours * HOUR) == at(end)
    assert abs(office.between(at(start), at(end))) == abs(hours) * HOUR


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-11-23", -1, "2026-11-20"),
        ("2026-11-20", 10, "2026-12-04"),
    ],
)
def test_days_count_only_if_somebody_works_on_them(day: str, count: int, end: str) -> None:
    assert office.plus_days(date.fromisoformat(day), count) == date.fromisoformat(end)


def test_a_duration_takes_days_at_the_same_hour_and_hours_as_they_are_worked() -> None:
    assert office.add(at("2026-11-20 17:00"), Duration(days=1)) == at("2026-11-23 17:00")
    assert office.add(at("2026-11-20 17:00"), Duration(days=1, seconds=2 * HOUR)) == at("2026-11-24 10:00")
    assert office.add(at("2026-11-20 20:00"), Duration(days=1)) == at("2026-11-24 09:00")
    assert office.add(at("2026-10-31 10:00"), Duration(months=1)) == at("2026-11-30 10:00")


def test_a_night_shift_belongs_to_the_day_it_begins() -> None:
    assert nights.is_working(at("2026-11-20 23:30"))
    assert nights.is_working(at("2026-11-21 04:59"))
    assert not nights.is_working(at("2026-11-21 05:00"))
    only_friday = WorkingTime(week=((), (), (), (), NIGHT, (), ()))
    assert only_friday.is_working(at("2026-11-21 05:00"))
    assert not only_friday.is_working_day(date(2026, 11, 21))
    assert only_friday.plus(at("2026-11-21 05:00"), 2 * HOUR) == at("2026-11-27 23:00")


def test_a_night_shift_over_the_change_of_clocks_is_an_hour_longer_or_shorter() -> None:
    assert nights.between(at("2026-10-24 12:00"), at("2026-10-25 12:00")) == 9 * HOUR
    assert nights.between(at("2026-03-28 12:00"), at("2026-03-29 12:00")) == 7 * HOUR


def test_no_minute_is_worked_twice_where_shifts_overlap() -> None:
    overlapping = WorkingTime(week=(((8 * 60, 34 * 60), (9 * 60, 10 * 60)),) * 7)
    assert overlapping.between(FRIDAY, FRIDAY.replace(day=21)) == 24 * HOUR


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-01-09", 0),  # moved from 3 January
        ("2026-05-01", 0),
        ("2026-05-08", 7),  # before Victory Day, which is a Saturday
        ("2026-11-03", 7),
        ("2026-11-02", 8),
        ("2025-11-01", 7),  # a Saturday worked instead of Monday, 3 November, the eve of a holiday
        ("2024-04-27", 8),  # a Saturday worked instead of Monday, 29 April
        ("2026-12-31", 0),
        ("2023-02-22", 7),
        ("2026-03-06", 8),  # the day before 8 March is a Saturday
    ],
)
def test_the_production_calendar_of_russia(day: str, hours: int) -> None:
    shifts = moscow.shifts(date.fromisoformat(day))
    assert sum(end - begin for begin, end in shifts) == hours * 60


def test_what_the_company_says_of_a_day_goes_before_holidays() -> None:
    day = date(2026, 1, 9)
    ours = WorkingTime(country="RU", exceptions=((day, OFFICE_DAY), (date(2026, 1, 12), ())))
    assert ours.is_working_day(day)
    assert ours.plus_days(day, 1) == date(2026, 1, 13)


def test_a_country_nobody_knows_has_no_holidays() -> None:
    assert WorkingTime(country="XX").is_working_day(date(2026, 1, 1))


def test_an_absence_is_not_worked() -> None:
    away = WorkingTime(absences=((at("2026-11-20 10:00"), at("2026-11-23 15:00")),))
    assert away.plus(at("2026-11-20 09:00"), 2 * HOUR) == at("2026-11-23 16:00")
    assert not away.is_working(at("2026-11-20 11:00"))
    assert away.is_working_day(date(2026, 11, 20))
    assert away.plus_days(date(2026, 11, 20), 1) == date(2026, 11, 23)


def test_the_end_of_a_shift_is_not_worked_and_its_beginning_is() -> None:
    assert office.is_working(at("2026-11-20 09:00"))
    assert not office.is_working(at("2026-11-20 13:00"))
    assert office.next(at("2026-11-20 13:00")) == at("2026-11-20 14:00")
    assert office.next_working_day(date(2026, 11, 21)) == date(2026, 11, 23)


def test_hours_are_those_of_the_schedules_own_clock() -> None:
    assert moscow.next(at("2026-11-20 01:00")) == at("2026-11-20 06:00")
    assert moscow.day_of(at("2026-11-20 22:00")) == date(2026, 11, 21)


def test_working_days_between_two_dates() -> None:
    assert office.days_between(date(2026, 11, 20), date(2026, 11, 24)) == 2
    assert office.days_between(date(2026, 11, 24), date(2026, 11, 20)) == -2


def test_time_worked_backwards_is_negative() -> None:
    assert office.between(at("2026-11-20 10:00"), at("2026-11-20 09:00")) == -HOUR


ALWAYS = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@pytest.mark.parametrize("schedule", [WorkingTime(week=((),) * 7), WorkingTime(absences=(ALWAYS,))])
def test_who_never_works_is_told_apart(schedule: WorkingTime) -> None:
    for ask in (
        lambda: schedule.plus(FRIDAY, 1),
        lambda: schedule.plus(FRIDAY, -1),
        lambda: schedule.next(FRIDAY),
        lambda: schedule.plus_days(FRIDAY.date(), -1),
    ):
        with pytest.raises(NoWorkingTime):
            ask()
    assert schedule.between(FRIDAY, FRIDAY.replace(year=2027)) == 0


def test_nothing_is_searched_beyond_the_calendar() -> None:
    for ask in (
        lambda: office.plus(FRIDAY, 10**12),
        lambda: office.plus(at("9999-12-31 12:00"), 90 * HOUR),
        lambda: office.plus(at("0001-01-01 12:00"), -90 * HOUR),
        lambda: office.days_between(date.min, date.max),
        lambda: office.between(at("0001-01-01"), at("9999-01-01")),
    ):
        with pytest.raises(NoWorkingTime):
            ask()


def test_a_day_is_shortened_at_its_end() -> None:
    assert shortened(OFFICE_WEEK[0]) == ((540, 780), (840, 1020))
    assert shortened(((540, 780), (840, 900))) == ((540, 780),)
    assert shortened(((540, 570),)) == ()
