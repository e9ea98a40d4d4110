"""Tells open screens that something changed: ids only, after the commit, never inside a business transaction."""

import json
from collections.abc import Callable, Iterable

from django.db import connection

CHANNEL = "potok_live"
PAYLOAD_MAX = 7_500  # PostgreSQL refuses 8,000 bytes
# A notification commits like anything else; nobody may wait for the disk on its account.
NOTIFY = "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, %s)"


def send(touched: Iterable[tuple[str, int]]) -> None:
    """Notify all web processes; pairs of topic and id, cut to the size that a notification may have."""
    for payload in _payloads(sorted(set(touched))):
        with connection.cursor() as cursor:
            cursor.execute(NOTIFY, [CHANNEL, payload])


def _payloads(pairs: list[tuple[str, int]]) -> Iterable[str]:
    if not pairs:
        return
    text = json.dumps(pairs, separators=(",", ":"))
    if len(text.encode()) <= PAYLOAD_MAX or len(pairs) == 1:
        yield text
        return
    half = len(pairs) // 2
    yield from _payloads(pairs[:half])
    yield from _payloads(pairs[half:])


class _Place:
    """Where the stream of this process stands; the web server puts its own answer here."""

    tell: Callable[[], str] = staticmethod(str)


def position() -> str:
    """Mark a place in the stream: a page says it, and learns what came between its drawing and its listening."""
    return _Place.tell()


def positions_from(tell: Callable[[], str]) -> None:
    """Let this function mark places from now on."""
    _Place.tell = staticmethod(tell)
