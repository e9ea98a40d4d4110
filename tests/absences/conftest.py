"""The company of these tests, and how somebody goes away and comes back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from potok.absences import turning
from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Absence, Person, absences
from tests import company as firm
from tests.company import Company

Away = Callable[..., Absence]


@pytest.fixture
def company(db: None) -> Company:
    return firm.found()


@pytest.fixture
def away(company: Company) -> Away:
    """Somebody goes away for an hour, or from and to so many hours from now."""
    return goes


def goes(person: Person, since: float = -0.1, until: float = 1, **given: Any) -> Absence:
    now = clock.now()
    first, last = now + timedelta(hours=since), now + timedelta(hours=until)
    with opened(None, door="start_up") as call:
        one = absences.add(call, person=person, begins_at=first, ends_at=last, **given)
    turning.serve()
    return one


def back(hours: float = 2) -> None:
    """Let the time of all absences pass."""
    clock.wind(timedelta(hours=hours))
    turning.serve()
