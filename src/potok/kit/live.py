"""Tells open screens that something changed: ids only, after the commit, never inside a business transaction."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set

from potok.kit import sets
from potok.kit.registry import Registry

# Which of these ids of a topic a person may hear of, in one question for all of them; 0 stands for the topic without
# an id, "something of it has changed": his lists look again, and what he must not see is not named.
Hearing = Callable[[int, Set[int]], Set[int]]
# A topic for which no part answers is told to nobody.
hearings: Registry[Hearing] = Registry("hearing of a topic")
# What is told itself, and not only that there is something: `news(people)` answers for those who were touched with a
# toast for each who is to see one. Five hundred people hear it at once; that each fetches it would take ten seconds.
News = Callable[[Set[int]], Mapping[int, Mapping[str, str]]]
news: Registry[News] = Registry("news of a topic")
CHANNEL = "potok_live"
# Of a person: sessions of his may be over. Streams whose session is, are cut; nobody is told of it.
SESSIONS = "sessions"
PAYLOAD_MAX = 7_500  # PostgreSQL refuses 8,000 bytes
# A notification commits like anything else; nobody may wait for the disk on its account.
NOTIFY = "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%b::text, %b::text)"


def send(touched: Iterable[tuple[str, int]]) -> None:
    """Notify all web processes; pairs of topic and id, cut to the size that a notification may have."""
    for payload in _payloads(sorted(set(touched))):
        sets.execute(NOTIFY, (), CHANNEL, payload)


def heard(touched: Iterable[tuple[str, int]], *, by: int) -> list[tuple[str, int]]:
    """What of this a person may hear of now: one question a topic."""
    by_topic: dict[str, set[int]] = defaultdict(set)
    for topic, id in touched:
        by_topic[topic].add(id)
    return [
        (topic, id)
        for topic, ids in by_topic.items()
        for id in sorted(hearings[topic](by, ids) if topic in hearings else ())
    ]


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
