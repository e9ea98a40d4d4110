"""A company with a process or two, and the worker at hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from potok.kit.doors import opened
from potok.kit.models import Clock
from potok.processes.models import Definition, Instance
from potok.processes.operations import definitions, instances
from tests import company as firm
from tests.company import Company

Publish = Callable[[str], Definition]
Begin = Callable[..., Instance]


@pytest.fixture
def company(transactional_db: None) -> Company:
    # The flush between two tests of this kind empties the clock's table too.
    Clock.objects.get_or_create(pk=1, defaults={"ahead": timedelta()})
    return firm.found()


@pytest.fixture
def publish(company: Company) -> Publish:
    """Publish a definition as the administrator."""

    def published(source: str) -> Definition:
        with opened(company.ann.pk, door="screen") as call:
            version = definitions.publish(call, source=source)
        return Definition.objects.get(pk=version.definition_id)

    return published


@pytest.fixture
def begin(company: Company) -> Begin:
    """Start a definition by hand as the administrator; it goes to its first wait at once."""

    def begun(definition: Definition, **given: object) -> Instance:
        with opened(company.ann.pk, door="screen") as call:
            instance = instances.start(call, definition=definition, **given)
        return Instance.objects.get(pk=instance.pk)

    return begun
