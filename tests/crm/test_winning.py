"""A deal that is won stands in the feed of those who see it."""

import pytest
from django.test import Client

from potok.feed import public as feed
from potok.kit import commands
from potok.kit.doors import opened
from potok.people.public import Extent, Person
from potok.records import public as records
from potok.records.public import Record, Stage
from tests import company as firm

pytestmark = pytest.mark.django_db


def to(deal: Record, kind: str) -> None:
    code = Stage.objects.filter(record_type="crm.deal", kind=kind).values_list("code", flat=True)[0]
    row = records.find(records.type_named("crm.deal"), deal.pk, by=None)
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=row, values={"stage": code})


def events_of(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return str(client.get("/feed/?only=events").content.decode())


def test_it_is_told_once_by_the_rights_of_the_deal_as_long_as_it_is_won() -> None:
    company = firm.found()
    commands.call("deals set-up")
    company.grant("crm.deal.see", extent=Extent.OWN)
    with opened(None, door="screen") as call:
        deal = records.verbs["crm.deal"].add(call, values={"title": "Boilers", "responsible": company.bob.pk})
    for kind in (Stage.WON, Stage.OPEN, Stage.WON):
        to(deal, kind)
    assert feed.Entry.objects.filter(kind="crm.deal.won", subject=deal.pk).count() == 1
    shown = events_of(company.bob)
    assert "A deal is won" in shown
    assert f"/deals/{deal.pk}/" in shown
    assert "Boilers" not in events_of(company.carol)
    to(deal, Stage.LOST)
    assert "Boilers" not in events_of(company.bob)
