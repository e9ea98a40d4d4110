"""A program asks when somebody is busy, and is told nothing else."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from potok.calendar import public as calendar
from potok.kit.doors import opened
from tests.caldav.conftest import Phone
from tests.company import Company

START, END = "20300101T000000Z", "20300201T000000Z"


def query(phone: Phone, first: str = START, last: str = END, collection: str = "own") -> tuple[int, list[str]]:
    asked = (
        '<C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav">'
        f'<C:time-range start="{first}" end="{last}"/></C:free-busy-query>'
    )
    answer = phone.ask("REPORT", phone.path(collection), asked, Depth="1")
    return answer.status_code, re.findall(r"\nFREEBUSY[^:\r]*:(\S+)", answer.content.decode())


def write(phone: Phone, day: int, hour: int, *, lasts: float = 1, **given: Any) -> calendar.Event:
    begins_at = datetime.fromisoformat(f"2030-01-{day:02}T{hour:02}:00:00+00:00")
    with opened(phone.person.pk, door="screen") as call:
        return calendar.add(
            call, person=phone.person.pk, title="Secret", begins_at=begins_at,
            ends_at=begins_at + timedelta(hours=lasts), zone="UTC", **given,
        )  # fmt: skip


def test_what_meets_is_one_and_nothing_else_is_told(firm_of: Company, phone: Phone) -> None:
    write(phone, 2, 10)
    write(phone, 2, 11, lasts=0.5)
    write(phone, 5, 9)
    write(phone, 7, 0, lasts=24, whole_day=True)
    assert query(phone) == (200, ["20300102T100000Z/20300102T113000Z", "20300105T090000Z/20300105T100000Z"])
    assert "Secret" not in phone.ask("REPORT", phone.path(), "").content.decode()


def test_each_of_a_series_takes_its_time_and_one_that_goes_otherwise_its_own(firm_of: Company, phone: Phone) -> None:
    event = write(phone, 2, 10, repeats="daily", repeats_until=datetime(2030, 1, 4).date())  # noqa: DTZ001 (a day)
    with opened(phone.person.pk, door="screen") as call:
        later = event.begins_at + timedelta(days=1, hours=5)
        calendar.series.change_one(call, event=event, day=later.date(), fields={"begins_at": later})
    assert [one[:11] for one in query(phone)[1]] == ["20300102T10", "20300103T15", "20300104T10"]


def test_what_reaches_out_of_the_stretch_is_cut(firm_of: Company, phone: Phone) -> None:
    write(phone, 2, 10, lasts=4)
    assert query(phone, "20300102T110000Z", "20300102T120000Z")[1] == ["20300102T110000Z/20300102T120000Z"]


def test_tasks_take_no_time(firm_of: Company, phone: Phone) -> None:
    assert query(phone, collection="tasks") == (200, [])


@pytest.mark.parametrize(("first", "last"), [(END, START), ("", END), ("soon", END), ("19000101T000000Z", END)])
def test_a_stretch_that_is_none_is_refused(firm_of: Company, phone: Phone, first: str, last: str) -> None:
    assert query(phone, first, last)[0] in (400, 403, 422)
