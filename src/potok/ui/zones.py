"""Time zones as people name them, «Москва, UTC+3» for Europe/Moscow; the cities are called as the CLDR calls them."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

from potok.ui import words

NOWHERE = "Etc/"


def title(zone: str) -> str:
    """Name a zone by its city and by how far its clocks are from UTC today."""
    city = _cities(words.language()).get(_now_called(zone), zone.replace("_", " "))
    return f"{city}, {_distance(zone)}"


def options(chosen: str = "") -> list[tuple[str, str]]:
    """List the zones where somebody lives, in the order of their cities; one that was chosen is always among them."""
    cities = _cities(words.language())
    lived_in = sorted(cities, key=lambda zone: cities[zone].casefold().replace("ё", "е"))
    further = [chosen] if chosen and chosen not in cities else []
    return [(zone, title(zone)) for zone in (*further, *lived_in)]


@cache
def _cities(language: str) -> Mapping[str, str]:
    known = Locale.parse(language).time_zones
    return {zone: _city(zone, known) for zone in get_global("zone_territories") if not zone.startswith(NOWHERE)}


def _city(zone: str, known: Mapping[str, Mapping[str, str]]) -> str:
    # The CLDR keeps some cities under the name that the zone once had: Калькутта under Asia/Calcutta.
    names = (zone, *(old for old, new in get_global("zone_aliases").items() if new == zone))
    said = (known.get(name, {}).get("city") for name in names)
    return next(filter(None, said), zone.rpartition("/")[2].replace("_", " "))


def _now_called(zone: str) -> str:
    name: str = get_global("zone_aliases").get(zone, zone)
    return name


def _distance(zone: str) -> str:
    distance = words.now().astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(distance.total_seconds()) // 60 if distance else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"
