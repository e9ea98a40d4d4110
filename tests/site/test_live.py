"""The live stream: who gets what, and what happens to those who are slow or strangers."""

import asyncio
import json
from collections.abc import Set
from typing import Any

import pytest

from potok.kit import live as kit_live
from potok.kit.registry import Registry
from potok.site import live
from potok.site.live import JUDGED_MAX, RESYNC, WAITING_MAX, Hub, Listener
from tests import loops

Round = list[tuple[int, set[int]]]


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Round:
    """Deals that everybody sees but 13, and inboxes; every question about deals is written down."""
    asked: Round = []

    def deals(by: int, ids: Set[int]) -> Set[int]:
        asked.append((by, set(ids)))
        return {0 if id == 13 else id for id in ids}

    hearings: Registry[kit_live.Hearing] = Registry("hearing of a topic")
    hearings.add("crm.deal", deals)
    hearings.add("person", lambda by, ids: ids & {by})
    monkeypatch.setattr(kit_live, "hearings", hearings)
    monkeypatch.setattr(live, "GATHER_SECONDS", 0)
    return asked


def told(hub: Hub, *payloads: str) -> None:
    """All of it was said within a moment, and told."""

    async def run() -> None:
        for payload in payloads:
            hub.hear(payload)
        assert hub._telling is not None
        await hub._telling

    loops.run(run())


def waiting(listener: Listener) -> list[bytes]:
    return [listener.waiting.get_nowait() for _ in range(listener.waiting.qsize())]


def test_everybody_is_told_what_he_may_hear_of(rounds: Round) -> None:
    hub, anna, boris = Hub(), Listener(1), Listener(2)
    hub.listeners |= {anna, boris}
    told(hub, '[["crm.deal",7],["crm.deal",13],["person",2],["unheard",5]]')
    assert waiting(anna) == [b'id: 4\ndata: [["crm.deal",0],["crm.deal",7]]\n\n']
    assert waiting(boris) == [b'id: 4\ndata: [["crm.deal",0],["crm.deal",7],["person",2]]\n\n']


def test_who_may_hear_of_nothing_is_told_nothing(rounds: Round) -> None:
    hub, anna = Hub(), Listener(1)
    hub.listeners.add(anna)
    told(hub, '[["person",2]]')
    assert waiting(anna) == []


def test_what_is_said_within_a_moment_is_one_question_a_person(rounds: Round) -> None:
    hub, anna, hers, boris = Hub(), Listener(1), Listener(1), Listener(2)
    hub.listeners |= {anna, hers, boris}
    told(hub, *(f'[["crm.deal",{number % 5 + 1}]]' for number in range(300)))
    assert sorted(rounds) == [(1, {1, 2, 3, 4, 5}), (2, {1, 2, 3, 4, 5})]
    assert len(waiting(anna)) == len(waiting(hers)) == 1


def test_too_much_at_once_is_not_judged_but_looked_at_again(rounds: Round) -> None:
    hub, anna = Hub(), Listener(1)
    hub.listeners.add(anna)
    told(hub, json.dumps([["crm.deal", number + 1] for number in range(JUDGED_MAX + 1)]))
    assert (waiting(anna), rounds) == ([RESYNC], [])


def test_nobody_is_told_what_could_not_be_judged(rounds: Round, caplog: pytest.LogCaptureFixture) -> None:
    def broken(by: int, ids: Set[int]) -> Set[int]:
        raise ConnectionError("the database has gone")

    kit_live.hearings.add("task", broken)
    hub, anna = Hub(), Listener(1)
    hub.listeners.add(anna)
    told(hub, '[["task",7]]')
    assert waiting(anna) == [RESYNC]
    told(hub, '[["crm.deal",7]]')
    assert waiting(anna) == [b'id: 2\ndata: [["crm.deal",7]]\n\n'], "the stream goes on"
    assert "cannot be judged" in caplog.text


def test_a_message_for_one_person_reaches_nobody_else() -> None:
    assert kit_live.heard([("person", 2), ("person", 3)], by=2) == [("person", 2)]


def test_who_is_too_slow_is_told_to_look_at_everything_again() -> None:
    slow = Listener(1)
    for number in range(WAITING_MAX + 1):
        slow.offer(f"{number}".encode())
    assert waiting(slow) == [RESYNC]


def test_a_page_learns_what_it_missed_between_its_drawing_and_its_listening(rounds: Round) -> None:
    hub = Hub()
    told(hub, '[["crm.deal",1]]')
    drawn = f"{hub._life}-{hub._number}"
    told(hub, '[["crm.deal",7],["crm.deal",13],["person",1],["person",2]]')
    assert caught_up(hub, drawn, person=1) == [("crm.deal", 0), ("crm.deal", 7), ("person", 1)]
    assert caught_up(hub, f"{hub._life}-{hub._number}", person=1) == []


def test_a_page_of_another_life_or_too_long_ago_looks_at_everything_again(rounds: Round) -> None:
    hub = Hub()
    told(hub, *(f'[["crm.deal",{number}]]' for number in range(live.REMEMBERED_MAX + 2)))
    assert caught_up(hub, f"{hub._life}-1", person=1) is None
    assert caught_up(hub, "another-1", person=1) is None
    assert caught_up(hub, "", person=1) is None


def caught_up(hub: Hub, since: str, *, person: int) -> Any:
    return loops.run(live.caught_up(hub, since, person=person))


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
