"""Who is online: whoever asked for a page, or for anything else, within the last ten minutes. What an open page fetches
by itself is no sign of anybody.

Kept cheaply: one statement a minute for each person and process of the server, and no history.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache

from potok.kit import clock, sets
from potok.kit.queries import query
from potok.people.models import Presence

LASTS = timedelta(minutes=10)
ROUGHLY_SECONDS = 60
SEE = """INSERT INTO people_presence (person_id, seen_at) VALUES (%b::bigint, potok_now())
    ON CONFLICT (person_id) DO UPDATE SET seen_at = excluded.seen_at WHERE people_presence.seen_at < excluded.seen_at"""


def see(person: int) -> None:
    """Note that the person is here now."""
    sets.execute(SEE, (), person)


def see_now_and_then(person: int) -> None:
    """The same for every request: all but one a minute cost nothing."""
    if cache.add(f"people.presence:{person}", value=True, timeout=ROUGHLY_SECONDS):
        see(person)


def _online_all(asked: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    here = _here(person for given in asked for person in given["persons"])
    return [[person for person in given["persons"] if person in here] for given in asked]


@query("people.online", all=_online_all)
def online(*, persons: Sequence[int]) -> list[int]:  # type: ignore[empty-body]
    """List those of the persons who are online, in the order given."""


def here_until(persons: Iterable[int]) -> dict[int, datetime]:
    """When ten minutes without a sign of them will have passed, for those of the persons who are online."""
    seen = Presence.objects.filter(person__in=set(persons), seen_at__gt=clock.now() - LASTS)
    return {one.person_id: one.seen_at + LASTS for one in seen}


def _here(persons: Iterable[int]) -> set[int]:
    seen = Presence.objects.filter(person__in=set(persons), seen_at__gte=clock.now() - LASTS)
    return set(seen.values_list("person", flat=True))
