"""Tells open screens that something changed: ids only, after the commit, never inside a business transaction."""

import json
from collections.abc import Iterable

from django.db import connection

CHANNEL = "potok_live"
PAYLOAD_MAX = 7_500  # PostgreSQL refuses 8,000 bytes


def send(touched: Iterable[tuple[str, int]]) -> None:
    """Notify all web processes; pairs of topic and id, cut to the size that a notification may have."""
    for payload in _payloads(sorted(set(touched))):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


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
