"""Live updates: what `potok.kit.live` sends through PostgreSQL reaches the open browsers as server-sent events.

A message is a list of topics and ids: a reason to look again, never the news itself. Everybody is told what he may see
at the moment in which he is told (`kit.live.hearings`). The event `resync` says that messages may have been lost, and
everything on the screen is to be looked at again.
"""

import asyncio
import json
import logging
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Sequence, Set
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

import psycopg
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from potok.kit import live
from potok.site.address import parameters

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Touched = tuple[str, int]
# What each may hear of; None, "look at everything again", if nobody can tell.
Told = Mapping[int, Sequence[Touched]] | None

PING_SECONDS = 15
# A stream is cut after a while; the browser opens a new one by itself, and whoever has signed out stays outside.
STREAM_SECONDS = 600
WAITING_MAX = 100
REMEMBERED_MAX = 2_000
# Whoever is told fetches what he shows. Many are told one after another, so that those who work meanwhile do not wait.
TOLD_AT_ONCE = 25
BETWEEN_SECONDS = 0.1
RECONNECT_SECONDS_MAX = 10
# What is said within a moment is judged together. The questions take a fifth of the time at most: the more people
# listen, the more is gathered between two rounds.
GATHER_SECONDS = 0.1
REST = 4
JUDGED_MAX = 1_000
RESYNC = b"event: resync\ndata: {}\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class Listener:
    """One open stream and what waits to be written to it."""

    def __init__(self, person: int, cookies: str = "") -> None:
        self.person, self.cookies = person, cookies
        self.over = asyncio.Event()
        self.waiting: asyncio.Queue[bytes] = asyncio.Queue(WAITING_MAX)

    def offer(self, message: bytes) -> None:
        """Queue a message; one who is too slow starts anew."""
        if self.waiting.full():
            self.resync()
        else:
            self.waiting.put_nowait(message)

    def resync(self) -> None:
        """Replace all that waits by the advice to look at everything again."""
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(RESYNC)


class Hub:
    """All open streams of this process, fed by one connection to PostgreSQL."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._feeding: asyncio.Task[None] | None = None
        self._closed: asyncio.Event | None = None
        self._number = 0
        self._life = secrets.token_hex(4)
        self._recent: deque[tuple[int, Touched]] = deque(maxlen=REMEMBERED_MAX)
        self._untold: dict[Touched, None] = {}
        self._unsure: set[int] = set()
        self._telling: asyncio.Task[None] | None = None
        self._handing_out: set[asyncio.Task[None]] = set()

    @property
    def closed(self) -> asyncio.Event:
        self._closed = self._closed or asyncio.Event()
        return self._closed

    def join(self, listener: Listener) -> None:
        """Begin to feed; the connection is opened with the first listener."""
        self.listeners.add(listener)
        if self._feeding is None or self._feeding.done():
            self._loop = asyncio.get_running_loop()
            self._feeding = self._loop.create_task(self._feed())

    def close(self) -> None:
        """End all streams; may be called from a signal handler."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end)

    def hear(self, payload: str) -> None:
        """Take one notification; it is told with all that comes within the moment."""
        for topic, id in json.loads(payload):
            self._number += 1
            self._recent.append((self._number, (topic, id)))
            self._untold[topic, id] = None
            if topic == live.SESSIONS:
                self._unsure.add(id)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.get_running_loop().create_task(self._tell_all())

    async def tell(self) -> None:
        """Hand what was heard to everyone, as far as he may hear of it."""
        await self._cut()
        touched, self._untold = list(self._untold), {}
        people = {listener.person for listener in self.listeners}
        for person, toast in (await asyncio.to_thread(_news, touched, people)).items():
            self._announce(person, toast)
        told = await asyncio.to_thread(_judged, touched, people) if len(touched) <= JUDGED_MAX else None
        listeners = list(self.listeners)
        self._hand_out(told, listeners[:TOLD_AT_ONCE])
        if rest := listeners[TOLD_AT_ONCE:]:
            later = asyncio.get_running_loop().create_task(self._hand_out_slowly(told, rest))
            self._handing_out.add(later)
            later.add_done_callback(self._handing_out.discard)

    async def _cut(self) -> None:
        """End the streams of sessions that are over; of other browsers of the same people they go on."""
        unsure, self._unsure = self._unsure, set()
        for listener in [one for one in self.listeners if one.person in unsure]:
            if await asyncio.to_thread(_person, listener.cookies) != listener.person:
                listener.over.set()
                self.listeners.discard(listener)

    def position(self) -> str:
        """Mark the place where the stream stands; empty while nobody feeds it."""
        return f"{self._life}-{self._number}" if self._feeding and not self._feeding.done() else ""

    def missed(self, position: str) -> list[Touched] | None:
        """What was said after a place; None if that is not known any more."""
        life, _, number = position.partition("-")
        if life != self._life or not number.isdecimal() or int(number) < self._number - len(self._recent):
            return None
        return [touched for place, touched in self._recent if place > int(number)]

    async def _hand_out_slowly(self, told: Told, listeners: Sequence[Listener]) -> None:
        for first in range(0, len(listeners), TOLD_AT_ONCE):
            await asyncio.sleep(BETWEEN_SECONDS)
            self._hand_out(told, listeners[first : first + TOLD_AT_ONCE])

    def _hand_out(self, told: Told, listeners: Iterable[Listener]) -> None:
        for listener in listeners:
            if told is None:
                listener.resync()
            elif mine := told.get(listener.person):
                text = json.dumps(mine, separators=(",", ":"))
                listener.offer(f"id: {self._number}\ndata: {text}\n\n".encode())

    def _announce(self, person: int, toast: Mapping[str, str]) -> None:
        text = json.dumps(toast, ensure_ascii=False, separators=(",", ":"))
        for listener in self.listeners:
            if listener.person == person:
                listener.offer(f"event: news\ndata: {text}\n\n".encode())

    def _end(self) -> None:
        self.closed.set()
        for task in (self._feeding, self._telling, *self._handing_out):
            if task is not None:
                task.cancel()

    async def _tell_all(self) -> None:
        clock = asyncio.get_running_loop().time
        while self._untold:
            await asyncio.sleep(GATHER_SECONDS)
            began = clock()
            await self.tell()
            await asyncio.sleep(REST * (clock() - began))

    async def _feed(self) -> None:
        pause = 0.5
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**parameters(), autocommit=True) as feed:
                    await feed.execute(f"LISTEN {live.CHANNEL}")
                    for listener in self.listeners:
                        listener.resync()  # nobody knows what was said while nobody listened
                    pause = 0.5
                    async for notification in feed.notifies():
                        self.hear(notification.payload)
            except psycopg.Error as lost:
                logging.getLogger(__name__).warning("Live updates pause: %s", str(lost).strip())
            await asyncio.sleep(pause)
            pause = min(pause * 2, RECONNECT_SECONDS_MAX)


hub = Hub()


async def listen(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer `GET /live`: a stream for somebody signed in, 401 for anybody else."""
    headers = dict(scope["headers"])
    cookies = headers.get(b"cookie", b"").decode("latin-1")
    person = await asyncio.to_thread(_person, cookies)
    if person is None:
        await send({"type": "http.response.start", "status": 401, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    listener = Listener(person, cookies)
    if b"last-event-id" in headers:
        listener.resync()
    hub.join(listener)
    try:
        await _stream(listener, receive, send)
    finally:
        hub.listeners.discard(listener)


async def caught_up(hub: Hub, since: str, *, person: int) -> Sequence[Touched] | None:
    """What a person may hear of that was said after a place; None if he is to look at everything again."""
    said = hub.missed(since)
    if not said:
        return said
    told = await asyncio.to_thread(_judged, said, {person})
    return told[person] if told else None


async def missed(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer `GET /live/missed?since=…`: what was said since a page was drawn, or `null` when it is to look anew."""
    headers = dict(scope["headers"])
    person = await asyncio.to_thread(_person, headers.get(b"cookie", b"").decode("latin-1"))
    since = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("since", [""])[0]
    status = 401 if person is None else 200
    body = b"" if person is None else json.dumps(await caught_up(hub, since, person=person)).encode()
    kind = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": kind})
    await send({"type": "http.response.body", "body": body})


async def _stream(listener: Listener, receive: Receive, send: Send) -> None:
    async def body(text: bytes, *, more: bool = True) -> None:
        await send({"type": "http.response.body", "body": text, "more_body": more})

    await body(b": here\nretry: 2000\n\n")
    ends = [asyncio.create_task(one) for one in (_gone(receive), hub.closed.wait(), listener.over.wait())]
    until = asyncio.get_running_loop().time() + STREAM_SECONDS
    try:
        while not any(end.done() for end in ends) and asyncio.get_running_loop().time() < until:
            message = asyncio.create_task(listener.waiting.get())
            await asyncio.wait({message, *ends}, timeout=PING_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if message.done():
                await body(message.result())
            else:
                message.cancel()
                await body(b": ping\n\n")
        await body(b"", more=False)
    finally:
        for end in ends:
            end.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _judged(touched: Sequence[Touched], people: Iterable[int]) -> Mapping[int, Sequence[Touched]] | None:
    """What each of these people may hear of; None, "look at everything again", if nobody can tell."""
    try:
        return {person: live.heard(touched, by=person) for person in people}
    except Exception:  # a door: whatever fails here, nobody is told what he may not see, and the stream goes on
        logging.getLogger(__name__).exception("Live updates cannot be judged")
        return None
    finally:
        connection.close()


def _news(touched: Sequence[Touched], people: Set[int]) -> dict[int, Mapping[str, str]]:
    """What these people are told in so many words; of a topic it concerns whoever has the id of it."""
    try:
        told: dict[int, Mapping[str, str]] = {}
        for topic, say in live.news.all().items():
            if concerned := {id for name, id in touched if name == topic} & people:
                told |= say(concerned)
        return told
    except Exception:  # a door: whoever is not told it here is told that there is something
        logging.getLogger(__name__).exception("News cannot be told")
        return {}
    finally:
        connection.close()


def _person(cookies: str) -> int | None:
    """Find out through Django who sends these cookies."""
    try:
        jar = SimpleCookie(cookies)
    except CookieError:
        return None
    sent = jar.get(settings.SESSION_COOKIE_NAME)
    if sent is None:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(sent.value)
    try:
        person = get_user(request)
        return person.pk if person.is_authenticated and person.is_active else None
    finally:
        connection.close()
