"""The company of these tests, and how somebody writes an event down."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from potok.calendar import public as calendar
from potok.calendar.public import Event
from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Person
from tests import company as firm
from tests.company import Company

Add = Callable[..., Event]


@pytest.fixture
def firm_of(db: None) -> Company:
    return firm.found()


@pytest.fixture
def tomorrow(db: None) -> datetime:
    return (clock.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def add(firm_of: Company, tomorrow: datetime) -> Add:
    def write(by: Person | None = None, **given: Any) -> Event:
        asked = {"title": "Meeting", "begins_at": tomorrow, "person": firm_of.bob.pk, **given}
        with opened(by.pk if by else None, door="screen") as call:
            return calendar.add(call, **asked)

    return write


def browser(person: Person) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(person)
    return client
