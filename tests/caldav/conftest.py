"""The company of these tests, a connected phone, and what it says to the server."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from potok.caldav import devices
from potok.kit.doors import opened
from potok.people.public import Person
from tests.calendar import conftest as calendars
from tests.company import Company

firm_of, tomorrow = calendars.firm_of, calendars.tomorrow
DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"


@dataclass
class Phone:
    """Somebody's phone, which signs what it asks with a password of its own."""

    person: Person
    password: str

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> Any:
        told = base64.b64encode(f"{self.person.email}:{self.password}".encode()).decode()
        return Client().generic(
            method, path, body.encode(), "text/xml", headers={"Authorization": f"Basic {told}", **headers}
        )

    def path(self, collection: str = "own", name: str = "") -> str:
        return f"/dav/calendars/{self.person.pk}/{collection}/{name}"

    def put(self, name: str, text: str, collection: str = "own", **headers: str) -> Any:
        return self.ask("PUT", self.path(collection, name), text, **headers)

    def get(self, name: str, collection: str = "own") -> str:
        answer = self.ask("GET", self.path(collection, name))
        assert answer.status_code == 200, answer.content
        return str(answer.content.decode()).replace("\r\n ", "")

    def report(self, inner: str, collection: str = "own") -> Any:
        answer = self.ask("REPORT", self.path(collection), inner)
        assert answer.status_code == 207, answer.content
        return etree.fromstring(answer.content)

    def names(self, collection: str = "own") -> set[str]:
        answer = self.ask("PROPFIND", self.path(collection), Depth="1")
        return hrefs(etree.fromstring(answer.content)) - {""}


def hrefs(root: Any, *, status: str = "") -> set[str]:
    """The last parts of the addresses of an answer, those of which as a whole this is said."""
    found = root.findall(f"{DAV}response")
    wanted = [one for one in found if not status or status in (one.findtext(f"{DAV}status") or "")]
    return {one.findtext(f"{DAV}href").rsplit("/", 1)[-1] for one in wanted}


def event(uid: str = "one", *more: str, title: str = "Visit", begins: str = "20300102T100000Z") -> str:
    """What a phone writes."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Phone//EN", "BEGIN:VEVENT", f"UID:{uid}",
        "DTSTAMP:20260101T000000Z", f"SUMMARY:{title}", f"DTSTART:{begins}", *more, "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


def todo(uid: str = "task-of-phone", *more: str, title: str = "Call back") -> str:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Phone//EN", "BEGIN:VTODO", f"UID:{uid}",
        "DTSTAMP:20260101T000000Z", f"SUMMARY:{title}", *more, "END:VTODO", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines)


@pytest.fixture
def connect(firm_of: Company) -> Callable[[Person], Phone]:
    def of(person: Person) -> Phone:
        with opened(person.pk, door="screen") as call:
            return Phone(person, devices.add(call, title="Phone").password)

    return of


@pytest.fixture
def phone(firm_of: Company, connect: Callable[[Person], Phone]) -> Phone:
    return connect(firm_of.bob)
