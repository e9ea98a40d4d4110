"""How time zones read, and which are offered."""

from zoneinfo import available_timezones

import pytest
import time_machine
from django.utils import translation

from potok.ui import zones

WINTER = "2026-11-20T11:00:00Z"


@pytest.mark.parametrize(
    ("zone", "russian", "english"),
    [
        ("Europe/Moscow", "Москва, UTC+3", "Moscow, UTC+3"),
        ("Asia/Kolkata", "Калькутта, UTC+5:30", "Kolkata, UTC+5:30"),
        ("Asia/Calcutta", "Калькутта, UTC+5:30", "Kolkata, UTC+5:30"),
        ("America/St_Johns", "Сент-Джонс, UTC−3:30", "St. John’s, UTC−3:30"),
        ("Europe/London", "Лондон, UTC", "London, UTC"),
        ("Etc/UTC", "Etc/UTC, UTC", "Etc/UTC, UTC"),
    ],
)
def test_a_zone_is_named_by_its_city_and_its_clocks(zone: str, russian: str, english: str) -> None:
    with time_machine.travel(WINTER, tick=False):
        with translation.override("ru"):
            assert zones.title(zone) == russian
        with translation.override("en"):
            assert zones.title(zone) == english


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_zone_where_somebody_lives_is_offered_once_under_a_name_of_its_own(language: str) -> None:
    with translation.override(language):
        offered = zones.options()
    cities = [title.rpartition(", UTC")[0] for _zone, title in offered]
    assert len(set(cities)) == len(offered) > 400
    assert {zone for zone, _title in offered} <= available_timezones()
    if language == "ru":
        assert not [city for city in cities if city.isascii()]


def test_what_was_chosen_stays_among_the_offered() -> None:
    assert "Etc/GMT-3" in dict(zones.options("Etc/GMT-3"))
    assert len(zones.options("Europe/Moscow")) == len(zones.options())
