"""A stream lives as long as its session: whoever is signed out elsewhere, or dismissed, hears nothing more."""

import asyncio
from collections.abc import Callable

import pytest
from django.test import Client

from potok.kit import live as kit_live
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.people.models import SignedIn
from potok.people.operations import passwords, persons, sessions
from potok.site import live
from potok.site.live import Hub, Listener
from tests import loops
from tests.company import Company
from tests.people.test_web import PASSWORD, with_password


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What the open screens would hear of."""
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(kit_live, "send", heard.extend)
    return heard


def signed_in(company: Company) -> None:
    with_password(company.bob)
    assert Client().post("/sign-in", {"email": company.bob.email, "password": PASSWORD}).status_code == 303


ENDS: dict[str, Callable[[Call, Company], object]] = {
    "signed out elsewhere": lambda call, company: sessions.end_all(call, person=company.bob),
    "dismissed": lambda call, company: persons.dismiss(call, person=company.bob),
    "with another password": lambda call, company: passwords.set_(
        call, person=company.bob, password="another long one"
    ),
}


@pytest.mark.parametrize("how", ENDS)
def test_the_end_of_a_session_is_told_at_once(company: Company, told: list[tuple[str, int]], how: str) -> None:
    signed_in(company)
    with opened(company.ann.pk, door="screen") as call:
        ENDS[how](call, company)
    assert (kit_live.SESSIONS, company.bob.pk) in told
    assert SignedIn.objects.exists() == (how != "signed out elsewhere")


def test_only_the_streams_of_that_session_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "GATHER_SECONDS", 0)
    monkeypatch.setattr(live, "_person", lambda cookies: {"here": 7, "gone": None}[cookies])
    hub = Hub()
    here, gone, other = Listener(7, "here"), Listener(7, "gone"), Listener(8, "gone")
    hub.listeners |= {here, gone, other}

    async def run() -> None:
        hub.hear(f'[["{kit_live.SESSIONS}",7]]')
        assert hub._telling is not None
        await hub._telling

    loops.run(run())
    assert [one.over.is_set() for one in (here, gone, other)] == [False, True, False]
    assert hub.listeners == {here, other}
    assert here.waiting.empty()


def test_a_stream_that_is_cut_ends() -> None:
    said: list[bool] = []

    async def run() -> None:
        listener = Listener(7, "gone")

        async def send(message: live.Scope) -> None:
            said.append(message["more_body"])
            listener.over.set()

        async def receive() -> live.Scope:
            await asyncio.Event().wait()
            raise AssertionError

        await live._stream(listener, receive, send)

    loops.run(run())
    assert said[-1] is False
