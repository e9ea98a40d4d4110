"""The company of these tests, and how somebody writes to colleagues."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from potok.feed.models import Entry
from potok.feed.operations import posts
from potok.kit.doors import opened
from potok.people.public import Person
from tests import company as firm
from tests.company import Company

Write = Callable[..., Entry]


@pytest.fixture
def company(db: None) -> Company:
    return firm.found()


@pytest.fixture
def write(company: Company) -> Write:
    """Somebody writes a post, to everybody if nothing else is said."""

    def write(by: Person, text: str = "Hello", audience: Sequence[str] = ("all",), **given: Any) -> Entry:
        with opened(by.pk, door="screen") as call:
            return posts.add(call, text=text, audience=audience, **given)

    return write
