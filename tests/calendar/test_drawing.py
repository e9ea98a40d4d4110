"""Where entries lie in the picture of a week: nothing lies over anything else, nothing is lost."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.calendar.places import Entry
from potok.calendar.web import drawing

HERE = ZoneInfo("Europe/Moscow")
MONDAY = date(2026, 11, 16)
WEEK = [MONDAY + timedelta(days=place) for place in range(7)]


def entry(day: int, begins: str, ends: str = "", *, whole_day: bool = False, until: int | None = None) -> Entry:
    at = datetime.fromisoformat(f"{WEEK[day] if day < 7 else MONDAY + timedelta(days=day)}T{begins}").replace(
        tzinfo=HERE
    )
    last = MONDAY + timedelta(days=day if until is None else until)
    over = datetime.fromisoformat(f"{last}T{ends}").replace(tzinfo=HERE) if ends else None
    return Entry("Meeting", "/calendar/1/", at, over, whole_day=whole_day)


def placed(*entries: Entry, day: int = 0, first: int = 8) -> list[tuple[str, str, int, int]]:
    found = drawing.boxes(entries, WEEK[day], first=first, zone=HERE)
    return [(box.x, box.width, box.y, box.height) for box in found]


def test_one_event_takes_the_width_of_its_day() -> None:
    assert placed(entry(0, "10:00", "11:00")) == [("0%", "100%", 93, 44)]


def test_events_that_meet_stand_side_by_side() -> None:
    assert [box[:2] for box in placed(entry(0, "10:00", "11:30"), entry(0, "11:00", "12:00"))] == [
        ("0%", "50%"), ("50%", "50%"),
    ]  # fmt: skip


def test_events_one_after_another_stand_one_under_another() -> None:
    assert [box[0] for box in placed(entry(0, "10:00", "11:00"), entry(0, "11:00", "12:00"))] == ["0%", "0%"]


def test_a_moment_is_drawn_high_enough_to_be_read() -> None:
    ((_, _, _, height),) = placed(entry(0, "10:00"))
    assert height >= 18


def test_an_event_over_midnight_stands_on_both_days() -> None:
    late = entry(0, "22:00", "02:00", until=1)
    assert placed(late, first=0)[0][2:] == (22 * drawing.HOUR_HEIGHT + 1, 2 * drawing.HOUR_HEIGHT - 2)
    assert placed(late, day=1, first=0)[0][2:] == (1, 2 * drawing.HOUR_HEIGHT - 2)
    assert placed(late, day=2, first=0) == []


@pytest.mark.parametrize(
    ("begins", "ends", "reach"),
    [
        ("10:00", "11:00", (8, 19)),
        ("06:30", "07:00", (6, 19)),
        ("20:00", "22:10", (8, 23)),
        ("23:30", "23:59", (8, 24)),
    ],
)
def test_the_picture_reaches_as_far_as_what_stands_in_it(begins: str, ends: str, reach: tuple[int, int]) -> None:
    assert drawing.hours([entry(2, begins, ends)], WEEK, zone=HERE) == reach


def test_whole_days_that_meet_get_rows_of_their_own() -> None:
    leave = entry(0, "00:00", "00:00", whole_day=True, until=5)
    fair = entry(2, "00:00", "00:00", whole_day=True, until=3)
    later = entry(5, "00:00", "00:00", whole_day=True, until=6)
    found = drawing.bars([leave, fair, later], WEEK, zone=HERE)
    assert [(bar.x, bar.width, bar.y) for bar in found] == [
        ("0%", "71.429%", 0), ("28.571%", "14.286%", 24), ("71.429%", "14.286%", 0),
    ]  # fmt: skip


def test_what_goes_on_beyond_the_week_is_cut() -> None:
    (bar,) = drawing.bars([entry(5, "00:00", "00:00", whole_day=True, until=20)], WEEK, zone=HERE)
    assert (bar.x, bar.width) == ("71.429%", "28.571%")


spans = st.tuples(st.integers(0, 6 * 1440), st.integers(0, 2000))


@given(st.lists(spans, max_size=12), st.integers(0, 6))
def test_no_two_events_of_a_day_lie_over_each_other(given_spans: list[tuple[int, int]], day: int) -> None:
    start = datetime(2026, 11, 16, tzinfo=HERE)
    entries = [
        Entry(str(place), "", start + timedelta(minutes=begins), start + timedelta(minutes=begins + lasts))
        for place, (begins, lasts) in enumerate(given_spans)
    ]
    found = drawing.boxes(entries, WEEK[day], first=0, zone=HERE)
    assert len(found) == len(drawing.of_day(entries, WEEK[day], zone=HERE))
    for place, one in enumerate(found):
        for other in found[:place]:
            apart = (
                float(one.x[:-1]) >= float(other.x[:-1]) + float(other.width[:-1]) - 0.01
                or float(other.x[:-1]) >= float(one.x[:-1]) + float(one.width[:-1]) - 0.01
            )
            assert apart or one.y >= other.y + other.height or other.y >= one.y + one.height
