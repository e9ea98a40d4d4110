"""Conditions of triggers: judged on the change as it was announced, for all changes at once."""

from typing import Any

import pytest
from django.utils import translation

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.processes import queries
from potok.processes.models import Incident, Instance, StartLog
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Publish

HEAD = "definition: watch\ntitle: Watch\nrecord: crm.deal\nagain: beside\nstart:\n%sdo:\n  - pause: {for: 1 day}\n"


def change(deal: Deal, *, by: int | None = None, **given: Any) -> None:
    with opened(by, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values=given)


CASES = {
    "the record as it is now": ("{=Document:title} = 'Go'", {"title": "Go"}, True),
    "what the change did not touch": ("{=Document:client_email} = 'client@firm.example'", {"title": "Go"}, True),
    "a link of the record": ("{=Document:responsible.name} = 'Bob'", {"title": "Go"}, True),
    "the record as it was": ("{=Before:title} = 'Pump house'", {"title": "Go"}, True),
    "the record as it was, untouched": ("{=Before:stage} = 'NEW'", {"title": "Go"}, True),
    "what it is not": ("{=Before:title} = {=Document:title}", {"title": "Go"}, False),
    "whoever changed it": ("{=Change:by.name} = 'Ann' and {=Change:door} = 'screen'", {"title": "Go"}, True),
    "no process": ("{=Change:process} <> ''", {"title": "Go"}, False),
}


@pytest.mark.parametrize("case", CASES)
def test_a_condition_sees(company: Company, publish: Publish, deal: Deal, case: str) -> None:
    text, given, starts = CASES[case]
    publish(HEAD % f'  - changed: {{when: "{text}"}}\n')
    change(deal, by=company.ann.pk, **given)
    assert Instance.objects.exists() is starts
    # Nothing is kept of a change on which nothing starts.
    assert StartLog.objects.exists() is starts


def test_a_condition_that_cannot_be_worked_out_is_an_incident(publish: Publish, deal: Deal) -> None:
    publish(HEAD % '  - changed: {when: "1 / ({=Document:id} - {=Document:id}) > 0"}\n')
    change(deal, title="Go")
    assert not Instance.objects.exists()
    incident = Incident.objects.get()
    assert incident.code == "processes.trigger_condition_failed"
    # Each reader is told in his own language, whoever caused it.
    said = {language: _said(incident, language) for language in ("en", "ru")}
    assert "zero" in said["en"]
    assert "ноль" in said["ru"] or "нуль" in said["ru"]


def _said(incident: Incident, language: str) -> str:
    with translation.override(language):
        return queries.incidents.sentence_of(incident)


def test_of_two_triggers_the_one_whose_condition_holds_starts(publish: Publish, deal: Deal) -> None:
    wrong, good = '  - changed: {when: "1 / ({=Document:id} - {=Document:id}) > 0"}\n', '  - changed: {when: "true"}\n'
    publish(HEAD % (wrong + good + good))
    change(deal, title="Go")
    assert (Instance.objects.count(), Incident.objects.count()) == (1, 0)


def test_each_of_many_changes_is_judged_on_its_own(company: Company, publish: Publish, deal: Deal) -> None:
    publish(HEAD % "  - became: {field: stage, value: PAID, when: \"{=Document:title} = 'Go'\"}\n")
    with opened(None, door="import") as call:
        rows = [(call, {"values": {"title": title, "stage": "PAID"}}) for title in ("Go", "Stop", "Go")]
        made = [row.pk for row in records.verbs["crm.deal"].add.many(rows) if isinstance(row, Deal)]
    assert set(Instance.objects.values_list("record_id", flat=True)) == {made[0], made[2]}


def test_a_change_is_seen_as_it_was_before_later_ones_of_the_same_transaction(publish: Publish, deal: Deal) -> None:
    publish(HEAD % "  - became: {field: stage, value: PAID, when: \"{=Document:title} = 'Go'\"}\n")
    with opened(None, door="screen") as call:
        for given in ({"title": "Go"}, {"stage": "PAID"}, {"title": "Stop"}, {"stage": "NEW"}, {"stage": "PAID"}):
            records.verbs["crm.deal"].change(call, record=deal, values=given)
    assert Instance.objects.count() == 1
