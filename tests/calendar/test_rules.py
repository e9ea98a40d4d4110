"""What an event may be, from values alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from potok.calendar import rules
from potok.kit.errors import Refused

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
KINDS = [("MEETING", "Встреча"), ("CALL", "Звонок")]


@pytest.mark.parametrize(("whole_day", "lasts"), [(False, timedelta(hours=1)), (True, timedelta(days=1))])
def test_without_an_end_it_lasts_an_hour_or_the_day(whole_day: bool, lasts: timedelta) -> None:
    assert rules.span(NOON, None, whole_day=whole_day) == rules.Span(NOON, NOON + lasts)


def test_it_does_not_end_before_it_begins() -> None:
    with pytest.raises(Refused, match=r"calendar\.event\.ends_before"):
        rules.span(NOON, NOON - timedelta(minutes=1), whole_day=False)


@pytest.mark.parametrize("year", [1, 1899, 2300, 9999])
def test_years_that_nobody_lives_in_are_refused(year: int) -> None:
    with pytest.raises(Refused, match=r"calendar\.event\.wrong_time"):
        rules.span(datetime(year, 1, 1, tzinfo=UTC), None, whole_day=False)


@pytest.mark.parametrize(
    ("minutes", "due"),
    [(None, None), (0, NOON), (60, NOON - timedelta(hours=1)), (120, None), (600, None)],
)
def test_a_reminder_whose_moment_has_passed_is_none(minutes: int | None, due: datetime | None) -> None:
    assert rules.reminds_at(NOON, minutes, now=NOON - timedelta(hours=2)) == due


@pytest.mark.parametrize("minutes", [-1, rules.REMIND_MINUTES_MAX + 1])
def test_a_reminder_comes_before_the_event_and_within_a_year(minutes: int) -> None:
    with pytest.raises(Refused, match=r"calendar\.event\.wrong_reminder"):
        rules.tidy_reminder(minutes)


@pytest.mark.parametrize(("named", "code"), [("CALL", "CALL"), ("встреча", "MEETING"), (" ", "")])
def test_a_type_is_named_by_its_code_or_its_title(named: str, code: str) -> None:
    assert rules.kind_named(named, KINDS) == code


def test_a_type_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match=r"calendar\.event\.unknown_kind"):
        rules.kind_named("Parade", KINDS)


@pytest.mark.parametrize(
    ("tidy", "text", "code"),
    [
        (rules.tidy_title, "  ", "calendar.event.untitled"),
        (rules.tidy_title, "a" * 401, "calendar.event.too_long"),
        (rules.tidy_place, "a" * 401, "calendar.event.too_long"),
        (rules.tidy_text, "a" * 60_001, "calendar.event.too_long"),
    ],
)
def test_empty_titles_and_long_texts_are_refused(tidy: object, text: str, code: str) -> None:
    with pytest.raises(Refused, match=re.escape(code)):
        tidy(text)  # type: ignore[operator]
