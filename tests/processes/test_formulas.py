"""What formulas of a running process ask of the world: when people work, their clocks, the page of the record."""

from datetime import UTC, datetime, timedelta

import pytest

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.people import public as people
from potok.processes import worker
from potok.processes.models import Instance
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.questions import counted

SAYS = """
definition: says
title: Says
record: crm.deal
zone: Europe/Moscow
start: [manual]
do:
  - block: status_text
    with: {{text: '{text}'}}
"""


@pytest.fixture
def deal(company: Company, deals: None) -> Deal:
    with opened(company.ann.pk, door="screen") as call:
        made = records.verbs["crm.deal"].add(call, values={"title": "Delivery", "responsible": company.bob.pk})
    assert isinstance(made, Deal)
    return made


@pytest.fixture
def said(publish: Publish, begin: Begin, deal: Deal) -> "Says":
    def says(text: str) -> str:
        begun = begin(publish(SAYS.format(text=text.replace("'", "''"))), record=RecordRef("crm.deal", deal.pk))
        worker.run_until_idle()
        return Instance.objects.get(pk=begun.pk).status_text or ""

    return says


class Says:
    def __call__(self, text: str) -> str: ...


def test_working_time_of_the_company_and_of_a_person(company: Company, said: Says) -> None:
    day = datetime(2026, 11, 23, tzinfo=UTC)
    with opened(None, door="screen") as call:
        people.hours.set_(call, week=[[(600, 660)]] * 7, country="-")
        people.absences.add(call, person=company.bob, begins_at=day, ends_at=day + timedelta(days=2))
    assert said('{{=workdateadd("2026-11-23 10:00", "2h")}}') == "24.11.2026 11:00"
    assert said('{{=workdateadd("2026-11-23 10:00", "2h", {=Document:responsible})}}') == "26.11.2026 11:00"
    assert said('{{=if(isworkday("2026-11-22"), "yes", "no")}}') == "yes"


def test_clocks_of_people(company: Company, said: Says) -> None:
    with opened(company.bob.pk, door="screen") as call:
        people.profiles.change(call, person=company.bob, zone="Asia/Vladivostok")
    assert said('{{=touserdate({=Document:responsible}, tomoment("2026-11-23 10:00"))}}') == "23.11.2026 17:00"
    assert said("{{=getuserdateoffset({=Document:responsible}) / 3600}}") == "7"
    assert said("{=System:Now > responsible} / {=System:Now > author}").count(":") == 2


def test_the_page_of_the_record(deal: Deal, said: Says) -> None:
    assert said("{{=getdocumenturl()}}").endswith(f"/deals/{deal.pk}/")
    assert said('{{=getdocumenturl("bb")}}').endswith("]Delivery[/url]")


def test_a_step_that_is_repeated_draws_the_same(publish: Publish, begin: Begin, deal: Deal) -> None:
    source = SAYS.format(text="{{=randstring(20)}} {{=randstring(20)}}")
    text = []
    for _each in range(2):
        begun = begin(publish(source), record=RecordRef("crm.deal", deal.pk))
        worker.run_until_idle()
        text.append(Instance.objects.get(pk=begun.pk).status_text or "")
    first, second = text[0].split()
    assert len(first) == 20
    assert first != second
    assert text[0] != text[1]


def test_fields_of_items_are_asked_for_at_once(company: Company, said: Says) -> None:
    team = "merge({=Document:responsible}, {=Document:responsible.head}, {=Document:created_by})"
    with counted() as statements:
        names = said(f"{{{{=implode(', ', map(sort({team}, one, one.name), one, one.name))}}}}")
    assert names == "Alice, Ann, Bob"
    assert sum('FROM "people_person"' in each for each in statements) < 15


def test_the_process_names_itself_as_imported_templates_expect(company: Company, said: Says) -> None:
    text = said("{=Workflow:ID} {=Workflow:TemplateId} {=Template:TargetUser}")
    run = Instance.objects.get()
    assert text == f"{run.pk} {run.definition_id} Ann Zimina"
