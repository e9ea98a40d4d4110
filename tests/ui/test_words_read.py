"""How dates, durations, money and names read in Russian and English."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from potok.ui import shapes, words

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)  # 14:00 in Moscow, a Friday
END_OF_TODAY = datetime(2026, 11, 20, 20, 59, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _friday_in_moscow() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), timezone.override(ZoneInfo("Europe/Moscow")):
        yield


def plain(text: str) -> str:
    return text.replace(words.NBSP, " ")


@pytest.mark.parametrize(
    ("moment", "russian", "english"),
    [
        (NOW, "14:00", "14:00"),
        (NOW - timedelta(days=1), "вчера, 14:00", "yesterday, 14:00"),
        (NOW + timedelta(days=1), "завтра, 14:00", "tomorrow, 14:00"),
        (NOW - timedelta(days=7), "13 ноября, 14:00", "13 November, 14:00"),
        (NOW - timedelta(days=365), "20 ноября 2025", "20 November 2025"),
    ],
)
def test_a_moment_says_how_near_it_is(moment: datetime, russian: str, english: str) -> None:
    with translation.override("ru"):
        assert plain(words.moment(moment)) == russian
    with translation.override("en"):
        assert plain(words.moment(moment)) == english


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW + timedelta(hours=4), "до 18:00"),
        (NOW + timedelta(days=1), "завтра, 14:00"),
        (NOW + timedelta(days=3), "пн, 23 ноя"),
        (END_OF_TODAY, "сегодня"),
        (END_OF_TODAY + timedelta(days=1), "завтра"),
        (NOW - timedelta(hours=4), "на 4 ч"),
        (NOW - timedelta(days=3), "на 3 д"),
    ],
)
def test_a_deadline_says_what_is_left_or_how_late_it_is(moment: datetime, said: str) -> None:
    with translation.override("ru"):
        assert plain(words.until(moment)) == said


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("ru", "Осмотр, БЦ «Гулливер»", "«Осмотр, БЦ „Гулливер“»"),
        ("en", "Visit to “Gulliver”", "“Visit to ‘Gulliver’”"),
        ("en", "Осмотр, БЦ «Гулливер»", "“Осмотр, БЦ «Гулливер»”"),
    ],
)
def test_a_name_with_quotes_stands_in_others(language: str, text: str, said: str) -> None:
    with translation.override(language):
        assert words.quoted(text) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (END_OF_TODAY, "сегодня"),
        (END_OF_TODAY + timedelta(days=4), "24 ноября"),
        (NOW + timedelta(days=4), "24 ноября, 14:00"),
    ],
)
def test_a_deadline_at_the_end_of_a_day_is_the_day(moment: datetime, said: str) -> None:
    with translation.override("ru"):
        assert plain(words.deadline(moment)) == said


@pytest.mark.parametrize(
    ("lasts", "russian", "english"),
    [
        (timedelta(minutes=1), "1 минуту", "1 minute"),
        (timedelta(minutes=40), "40 минут", "40 minutes"),
        (timedelta(hours=3, minutes=50), "3 часа", "3 hours"),
        (timedelta(hours=21), "21 час", "21 hours"),
        (timedelta(days=2), "2 дня", "2 days"),
        (timedelta(seconds=5), "1 минуту", "1 minute"),
    ],
)
def test_a_duration_is_one_unit(lasts: timedelta, russian: str, english: str) -> None:
    with translation.override("ru"):
        assert plain(words.lasts(lasts)) == russian
    with translation.override("en"):
        assert plain(words.lasts(lasts)) == english


@pytest.mark.parametrize(
    ("amount", "currency", "russian", "english"),
    [
        (295000, "RUB", "295 000 ₽", "₽295,000"),
        (Decimal("1248.5"), "RUB", "1 248,50 ₽", "₽1,248.50"),
        (-70, "RUB", "-70 ₽", "−₽70"),
        (99, "EUR", "99 €", "€99"),
    ],
)
def test_money_reads_with_its_sign(amount: Decimal, currency: str, russian: str, english: str) -> None:
    with translation.override("ru"):
        assert plain(words.money(amount, currency)) == russian
    with translation.override("en"):
        assert plain(words.money(amount, currency)) == english


def test_numbers_dates_and_sizes_read_as_russians_write_them() -> None:
    with translation.override("ru"):
        assert plain(words.number(1248)) == "1 248"
        assert words.number(Decimal("0.1")) == "0,1"
        assert plain(words.numbered(7)) == "№ 7"
        assert plain(words.day(date(2026, 11, 24))) == "24 ноября"
        assert plain(words.day(date(2027, 11, 30))) == "30 ноября 2027"
        assert plain(words.day_short(date(2026, 5, 9))) == "9 мая"
        assert plain(words.size(1258291)) == "1,2 МБ"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("ours", "Анна Соколова"),
        ("contact", "Соколова Анна"),
        ("full", "Соколова Анна Петровна"),
        ("initials", "Соколова А. П."),
    ],
)
def test_a_name_has_four_forms(form: str, said: str) -> None:
    assert words.person_name("Соколова", "Анна", "Петровна", form=form) == said


@given(st.text(max_size=40))
def test_any_name_has_at_most_two_initials_and_one_colour(name: str) -> None:
    assert len(words.initials(name)) <= 4  # a letter like ß is two when capital
    assert words.colour(name) in range(1, 7)
    assert words.colour(name) == words.colour(name)


@given(done=st.integers(0, 30), ahead=st.integers(0, 30))
def test_a_path_of_any_length_folds_to_seven_points_and_shows_where_it_stands(done: int, ahead: int) -> None:
    steps = [shapes.Step("x", "done")] * done + [shapes.Step("here", "person")] + [shapes.Step("y", "todo")] * ahead
    folded = shapes.folded(steps)
    assert len(folded) == min(7, len(steps))
    assert sum(step.title == "here" for step in folded) == 1
