"""The live stream: who gets what, and what happens to those who are slow or strangers."""

import asyncio
from typing import Any

import pytest

from potok.site import live
from potok.site.live import RESYNC, WAITING_MAX, Hub, Listener
from tests import loops


def waiting(listener: Listener) -> list[bytes]:
    return [listener.waiting.get_nowait() for _ in range(listener.waiting.qsize())]


def test_a_message_for_one_person_reaches_nobody_else() -> None:
    hub, anna, boris = Hub(), Listener(1), Listener(2)
    hub.listeners |= {anna, boris}
    hub.deliver('[["crm.deal",7],["person:2",7]]')
    assert waiting(anna) == [b'id: 1\ndata: {"topic":"crm.deal","id":7}\n\n']
    assert waiting(boris) == [
        b'id: 1\ndata: {"topic":"crm.deal","id":7}\n\n',
        b'id: 2\ndata: {"topic":"person:2","id":7}\n\n',
    ]


def test_who_is_too_slow_is_told_to_look_at_everything_again() -> None:
    slow = Listener(1)
    for number in range(WAITING_MAX + 1):
        slow.offer("crm.deal", f"{number}".encode())
    assert waiting(slow) == [RESYNC]


def test_a_page_learns_what_it_missed_between_its_drawing_and_its_listening() -> None:
    hub = Hub()
    hub.deliver('[["crm.deal",1]]')
    drawn = f"{hub._life}-{hub._number}"
    hub.deliver('[["crm.deal",7],["person:1",7],["person:2",7]]')
    assert hub.missed(drawn, person=1) == [("crm.deal", 7), ("person:1", 7)]
    assert hub.missed(f"{hub._life}-{hub._number}", person=1) == []


def test_a_page_of_another_life_or_too_long_ago_looks_at_everything_again() -> None:
    hub = Hub()
    for number in range(live.REMEMBERED_MAX + 2):
        hub.deliver(f'[["crm.deal",{number}]]')
    assert hub.missed(f"{hub._life}-1", person=1) is None
    assert hub.missed("another-1", person=1) is None
    assert hub.missed("", person=1) is None


def answer_of(headers: list[tuple[bytes, bytes]], *, then: list[str], hub: Hub) -> list[dict[str, Any]]:
    """What `/live` sends before the browser goes away."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        while len(sent) < len(then):
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def run() -> None:
        await asyncio.wait_for(live.listen({"headers": headers}, receive, send), 10)

    loops.run(run())
    return sent


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A hub that needs no database."""
    quiet = Hub()
    monkeypatch.setattr(live, "hub", quiet)
    monkeypatch.setattr(quiet, "join", quiet.listeners.add)
    return quiet


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cookie", [b"", b"potok_session=invented", b"\xff=;;"])
def test_a_stranger_hears_nothing(cookie: bytes, hub: Hub) -> None:
    sent = answer_of([(b"cookie", cookie)], then=["start", "body"], hub=hub)
    assert [sent[0]["status"], sent[1]["body"]] == [401, b""]
    assert not hub.listeners


def test_who_comes_back_looks_at_everything_again(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_person", lambda cookies: 1)
    sent = answer_of([(b"last-event-id", b"41")], then=["start", "here", "resync"], hub=hub)
    assert sent[0]["status"] == 200
    assert [message["body"] for message in sent[1:3]] == [b": here\nretry: 2000\n\n", RESYNC]
    assert not hub.listeners, "a stream that ended is forgotten"
