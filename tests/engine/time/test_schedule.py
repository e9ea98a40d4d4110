"""When a schedule comes next: on every clock, over every change of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from potok.engine.time import Schedule, local
from potok.engine.time.schedule import LAST, WEEKDAYS, count, following, wrong

MOSCOW, BERLIN, NEW_YORK = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NINE = Schedule(at=("09:00",))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


CASES = {
    "later today": (NINE, "2026-03-02 05:59", MOSCOW, "2026-03-02 06:00"),
    "never at the moment itself": (NINE, "2026-03-02 06:00", MOSCOW, "2026-03-03 06:00"),
    "the second time of a day": (Schedule(at=("18:00", "09:00")), "2026-03-02 07:00", MOSCOW, "2026-03-02 15:00"),
    "on Mondays": (Schedule(at=("09:00",), days=("mon",)), "2026-03-03 00:00", MOSCOW, "2026-03-09 06:00"),
    "on the last day of a month": (Schedule(at=("09:00",), dates=(LAST,)), "2026-02-10 00:00", MOSCOW,
                                   "2026-02-28 06:00"),
    "on a Friday the 13th": (Schedule(at=("00:00",), days=("fri",), dates=(13,)), "2026-04-01 00:00", UTC,
                             "2026-11-13 00:00"),
    "every two hours from midnight": (Schedule(every=120), "2026-03-02 10:30", MOSCOW, "2026-03-02 11:00"),
    "every fifty minutes begins anew each day": (Schedule(every=50), "2026-03-02 23:30", UTC, "2026-03-03 00:00"),
    "cron with lists, ranges and steps": (Schedule(cron="*/20 9-10 1,15 * *"), "2026-03-02 00:00", UTC,
                                          "2026-03-15 09:00"),
    "cron by names": (Schedule(cron="30 8 * jun tue"), "2026-03-02 00:00", UTC, "2026-06-02 08:30"),
    "cron knows Sunday as 0 and as 7": (Schedule(cron="0 0 * * 7"), "2026-03-02 00:00", UTC, "2026-03-08 00:00"),
    "cron with a day and a weekday takes either": (Schedule(cron="0 0 20 * wed"), "2026-03-12 00:00", UTC,
                                                   "2026-03-18 00:00"),
    "a 29 February": (Schedule(cron="0 0 29 2 *"), "2097-01-01 00:00", UTC, "2104-02-29 00:00"),
    "once": (Schedule(once="2026-12-01 10:00"), "2026-03-02 00:00", MOSCOW, "2026-12-01 07:00"),
    "a skipped time moves forward": (Schedule(at=("02:30",)), "2026-03-28 12:00", BERLIN, "2026-03-29 01:30"),
    "the time behind a skipped one comes first": (Schedule(at=("02:45", "03:15")), "2026-03-28 12:00", BERLIN,
                                                  "2026-03-29 01:15"),
    "of a time that comes twice it is the first": (Schedule(at=("02:30",)), "2026-10-24 12:00", BERLIN,
                                                   "2026-10-25 00:30"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_next_moment(case: str) -> None:
    schedule, after, zone, wanted = CASES[case]
    assert wrong(schedule) == []
    assert following(schedule, at(after), zone=zone) == at(wanted)


def test_what_comes_once_does_not_come_again() -> None:
    assert following(Schedule(once="2026-12-01 10:00"), at("2026-12-01 10:00"), zone=UTC) is None


def test_days_off_are_left_out() -> None:
    found = following(Schedule(at=("09:00",), working=True), at("2026-03-06 10:00"), zone=UTC, works=is_weekday)
    assert found == at("2026-03-09 09:00")


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("schedule", "code"),
    [
        (Schedule(at=("24:00",)), "time.wrong_clock"),
        (Schedule(at=("9",)), "time.wrong_clock"),
        (Schedule(cron="* * * *"), "time.wrong_cron"),
        (Schedule(cron="60 * * * *"), "time.wrong_cron"),
        (Schedule(cron="*/0 * * * *"), "time.wrong_cron"),
        (Schedule(cron="5-1 * * * *"), "time.wrong_cron"),
        (Schedule(cron="0 0 30 2 *"), "time.never"),
    ],
)
def test_what_is_no_schedule_is_told(schedule: Schedule, code: str) -> None:
    assert [each.code for each in wrong(schedule)] == [code]


def test_missed_moments_are_counted_up_to_a_thousand() -> None:
    week = timedelta(days=7)
    assert count(NINE, at("2026-03-02 06:00"), until=at("2026-03-02 06:00") + week, zone=MOSCOW) == 7
    assert count(Schedule(every=1), at("2026-03-02 06:00"), until=at("2026-03-02 06:00") + week, zone=MOSCOW) == 1_000


MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
SCHEDULES = st.one_of(
    st.builds(
        Schedule,
        at=st.lists(MINUTES, min_size=1, max_size=4).map(tuple),
        days=st.lists(st.sampled_from(WEEKDAYS), max_size=3).map(tuple),
        dates=st.lists(st.sampled_from([1, 15, 28, LAST]), max_size=2).map(tuple),
    ),
    st.builds(Schedule, every=st.integers(1, 24 * 60 - 1)),
)


@settings(max_examples=40)
@given(SCHEDULES, st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.sampled_from([MOSCOW, BERLIN, NEW_YORK]))  # noqa: DTZ001
def test_nothing_lies_between_a_moment_and_the_next(schedule: Schedule, after: datetime, zone: ZoneInfo) -> None:
    begun = after.replace(tzinfo=UTC)
    found = following(schedule, begun, zone=zone)
    assert found is not None
    assert found > begun
    assert following(schedule, found - timedelta(seconds=1), zone=zone) == found
    assert following(schedule, begun + (found - begun) / 2, zone=zone) == found
    shown = local(found, zone=zone)
    assert not schedule.days or WEEKDAYS[shown.weekday()] in schedule.days
