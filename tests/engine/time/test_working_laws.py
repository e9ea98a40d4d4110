"""What holds for every schedule: no time is made up or lost, later never comes before earlier."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from potok.engine.time import Shifts, WorkingTime, local
from potok.engine.values import Duration

# The holidays of a year are worked out when they are first asked for, which takes longer than a test may.
law = settings(deadline=None, max_examples=50)
shift = some.tuples(some.integers(0, 24 * 60 - 1), some.integers(1, 24 * 60)).map(lambda it: (it[0], it[0] + it[1]))
shifts: some.SearchStrategy[Shifts] = some.lists(shift, max_size=3).map(tuple)
week = some.lists(shifts, min_size=7, max_size=7).map(tuple).filter(any)
days = some.dates(date(2025, 12, 1), date(2026, 12, 31))
# Clocks change in March and October in Berlin, by half an hour on Lord Howe, in September at midnight in Santiago.
zones = some.sampled_from(["UTC", "Europe/Berlin", "Europe/Moscow", "Australia/Lord_Howe", "America/Santiago"])
moments = some.integers(0, 330 * 24 * 3600).map(lambda it: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=it))
absence = some.tuples(moments, some.integers(1, 40 * 24)).map(lambda it: (it[0], it[0] + timedelta(hours=it[1])))
schedules = some.builds(
    WorkingTime,
    zone=zones,
    week=week,
    country=some.sampled_from(["", "RU"]),
    exceptions=some.lists(some.tuples(days, shifts), max_size=4).map(tuple),
    absences=some.lists(absence, max_size=3).map(tuple),
)
seconds = some.integers(0, 300 * 3600)


@law
@given(schedules, moments, seconds)
def test_what_is_added_was_worked(schedule: WorkingTime, at: datetime, count: int) -> None:
    assert schedule.between(at, schedule.plus(at, count)) == count
    assert schedule.between(schedule.plus(at, -count), at) == count


@law
@given(schedules, moments, seconds)
def test_subtracting_takes_back_what_was_added(schedule: WorkingTime, at: datetime, count: int) -> None:
    at = schedule.next(at)
    assert schedule.plus(schedule.plus(at, count), -count) == at


@law
@given(schedules, moments, some.integers(-300 * 3600, 300 * 3600))
def test_nothing_ends_outside_working_time(schedule: WorkingTime, at: datetime, count: int) -> None:
    end = schedule.plus(at, count)
    assert schedule.is_working(end) or (count > 0 and schedule.is_working(end - timedelta(seconds=1)))


@law
@given(schedules, moments, moments, seconds, seconds)
def test_who_begins_later_or_works_longer_never_ends_earlier(
    schedule: WorkingTime, first: datetime, second: datetime, short: int, long: int
) -> None:
    early, late = sorted((first, second))
    short, long = sorted((short, long))
    assert schedule.plus(early, short) <= schedule.plus(late, short)
    assert schedule.plus(early, short) <= schedule.plus(early, long)
    assert schedule.plus(early, -long) <= schedule.plus(late, -short)


@law
@given(schedules, moments, moments, moments)
def test_time_worked_adds_up(schedule: WorkingTime, one: datetime, two: datetime, three: datetime) -> None:
    assert schedule.between(one, two) + schedule.between(two, three) == schedule.between(one, three)
    early, late = sorted((one, two))
    assert 0 <= schedule.between(early, late) <= (late - early).total_seconds()


@law
@given(schedules, moments)
def test_work_is_gone_on_with_at_the_next_working_moment(schedule: WorkingTime, at: datetime) -> None:
    begins = schedule.next(at)
    assert schedule.is_working(begins)
    assert schedule.between(at, begins) == 0
    assert begins == at or not schedule.is_working(at)


@law
@given(schedules, days, some.integers(-30, 30))
def test_working_days_are_added_one_by_one(schedule: WorkingTime, day: date, count: int) -> None:
    step, end = (1 if count > 0 else -1), day
    for _each in range(abs(count)):
        end = schedule.plus_days(end, step)
    if count:
        assert schedule.plus_days(day, count) == end
        assert schedule.is_working_day(end)
        assert schedule.days_between(day, end) == count if count > 0 else schedule.days_between(end, day) <= -count


@law
@given(schedules, moments, some.integers(0, 20), some.integers(0, 3600))
def test_a_duration_ends_on_the_working_day_it_names(
    schedule: WorkingTime, at: datetime, count: int, rest: int
) -> None:
    end = schedule.add(at, Duration(days=count))
    day = local(at, zone=schedule.clock).date()
    assert end >= at
    assert schedule.day_of(end) >= (schedule.plus_days(day, count) if count else day)
    assert schedule.add(at, Duration(days=count, seconds=rest)) == schedule.plus(end, rest)


@law
@given(schedules, days)
def test_what_is_worked_on_a_day_is_in_order_and_counted_once(schedule: WorkingTime, day: date) -> None:
    found = [span for each in range(3) for span in schedule.spans(day + timedelta(days=each))]
    assert all(begin < end for begin, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
