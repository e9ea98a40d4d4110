"""A company with a process or two, and the worker at hand."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.kit.models import Clock
from potok.processes.models import Definition, Instance
from potok.processes.operations import definitions, instances
from potok.records import public as records
from potok.records.public import custom_fields, pipelines
from tests import company as firm
from tests import replaying
from tests.company import Company

Publish = Callable[[str], Definition]
Begin = Callable[..., Instance]


@pytest.fixture
def company(transactional_db: None) -> Company:
    # The flush between two tests of this kind empties the clock's table too.
    Clock.objects.get_or_create(pk=1, defaults={"ahead": timedelta()})
    return firm.found()


@pytest.fixture(autouse=True)
def _lived_again(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test leaves behind, the journals of its instances lead to what is stored of them."""
    if "company" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("company")
    yield
    replaying.check()


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


@pytest.fixture
def deals(company: Company) -> None:
    """Deals with the stages of the service story and the address of the customer."""
    stages = [
        {"title": "New", "code": "NEW"},
        {"title": "Paid", "code": "PAID"},
        {"title": "In progress", "code": "IN_PROGRESS"},
        {"title": "Won", "code": "WON", "kind": "won"},
    ]
    with opened(None, door="start_up") as call:
        pipelines.add(call, record_type="crm.deal", title="Sales", stages=stages)
        custom_fields.add(call, record_type="crm.deal", kind="email", title="Customer", name="client_email")


@pytest.fixture
def deal(deals: None, company: Company) -> Deal:
    """A deal of Bob's, whose head is Alice."""
    with opened(company.bob.pk, door="start_up") as call:
        values = {"title": "Pump house", "responsible": company.bob.pk, "client_email": "client@firm.example"}
        row: Deal = records.verbs["crm.deal"].add(call.by_system(), values=values)
    return row
