"""What is missing at run time leads to an incident that says what to do; once it is mended, a retry goes on."""

from collections.abc import Callable

import pytest
from django.utils.translation import override

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.people.public import persons
from potok.processes.models import Incident, Instance, Standing
from potok.processes.operations import incidents
from potok.processes.queries import incident_lines
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Begin, Publish

HEAD = "definition: m\ntitle: M\nrecord: crm.deal\nstart: [manual]\nvariables:\n  who: {type: person}\ndo:\n"
UNKNOWN_STAGE = HEAD + "  - block: record_change\n    with: {fields: {stage: '{=Document:comment}'}}\n"
GONE_PERSON = HEAD + "  - block: task_add\n    with: {title: Go, wait: false, responsible: user_%d}\n"
NO_VALUE = (
    HEAD + "  - block: task_add\n    with: {title: Go, wait: false, responsible: '{=Document:contact.responsible}'}\n"
)


def change(deal: Deal, **values: object) -> None:
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values=values)


def dismissed(company: Company, *, back: bool = False) -> None:
    with opened(company.ann.pk, door="screen") as call:
        (persons.take_back if back else persons.dismiss)(call, person=company.fay)


def stuck(begin: Begin, publish: Publish, source: str, *, deal: Deal, before: Callable[[], None]) -> Incident:
    definition = publish(source)
    before()
    begin(definition, record=RecordRef("crm.deal", deal.pk))
    with override("en"):
        told = incident_lines()[0].sentence
    assert len(told) > 20, told
    return Incident.objects.get()


def retried(incident: Incident, *, by: Company) -> int:
    with opened(by.ann.pk, door="screen") as call:
        incidents.retry(call, incident=incident)
    return Instance.objects.get().status


def test_an_unknown_stage(publish: Publish, begin: Begin, deal: Deal, company: Company) -> None:
    incident = stuck(begin, publish, UNKNOWN_STAGE, deal=deal, before=lambda: change(deal, comment="NOWHERE"))
    assert "stage" in incident.code
    change(deal, comment="WON")
    assert retried(incident, by=company) == Standing.COMPLETED


def test_a_person_who_has_left(publish: Publish, begin: Begin, deal: Deal, company: Company) -> None:
    source = GONE_PERSON % company.fay.pk
    incident = stuck(begin, publish, source, deal=deal, before=lambda: dismissed(company))
    dismissed(company, back=True)
    assert retried(incident, by=company) == Standing.COMPLETED


@pytest.mark.parametrize("mended", [True, False])
def test_a_value_that_is_missing(publish: Publish, begin: Begin, deal: Deal, company: Company, mended: bool) -> None:
    incident = stuck(begin, publish, NO_VALUE, deal=deal, before=lambda: None)
    if mended:
        with opened(None, door="screen") as call:
            contact = records.verbs["crm.contact"].add(call, values={"name": "Ira", "responsible": company.bob.pk})
        change(deal, contact=contact.pk)
    assert retried(incident, by=company) == (Standing.COMPLETED if mended else Standing.STUCK)
