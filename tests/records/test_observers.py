"""Observers of a record see it, whatever their roles say, and are told what others do with it."""

from typing import Any

import pytest

from potok.kit import live
from potok.kit.calls import IMPORT
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused
from potok.notify.public import Notice
from potok.people.public import Extent, Person
from potok.records import explaining
from potok.records import public as records
from potok.records.public import Limit, Record, Share, comments, sharing
from tests.company import Company
from tests.records.conftest import Make

pytestmark = pytest.mark.django_db
DEAL = records.record_types["crm.deal"]
MARKED = [name for name, of in records.record_types.all().items() if "observers" in of.declared()]


def sees(person: Person, record: Record) -> bool:
    of = records.record_types[record.record_type]
    return records.rows(of, by=person.pk).filter(pk=record.pk).exists()


def change(record: Record, by: Person | None, *, door: str = "screen", **values: Any) -> Any:
    with opened(by.pk if by else None, door=door) as call:
        verbs = records.verbs[record.record_type]
        return verbs.change.many([(call, {"record": record, "values": values})])[0]


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(to=person.pk).order_by("pk").values_list("text", flat=True))


def test_leads_deals_contacts_and_companies_have_observers() -> None:
    assert set(MARKED) == {"crm.lead", "crm.deal", "crm.contact", "crm.company"}


@pytest.mark.parametrize("name", MARKED)
def test_an_observer_sees_the_record_and_changes_nothing(make: Make, firm: Company, name: str) -> None:
    record, other = make(name, {"observers": [firm.carol.pk, firm.eve.pk]}), make(name)
    for person in (firm.carol, firm.eve):
        assert sees(person, record)
        assert not sees(person, other)
        assert isinstance(change(record, person, comment="x"), Forbidden)
    assert not sees(firm.bob, record)


def test_who_observes_no_longer_sees_no_longer(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"observers": [firm.carol.pk, firm.bob.pk]})
    change(deal, None, observers=[firm.bob.pk])
    assert (sees(firm.carol, deal), sees(firm.bob, deal)) == (False, True)
    change(deal, None, observers=[])
    assert not Share.objects.exists()


def test_what_was_shared_with_an_observer_stays_shared(make: Make, firm: Company) -> None:
    deal = make("crm.deal")
    with opened(None, door="screen") as call:
        sharing.give(call, record=deal, holder=f"user_{firm.carol.pk}", may_edit=True)
    change(deal, None, observers=[firm.carol.pk])
    change(deal, None, observers=[])
    assert change(deal, firm.carol, comment="x").comment == "x"


def test_taking_a_share_back_leaves_the_observer(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"observers": [firm.carol.pk]})
    with opened(None, door="screen") as call:
        sharing.take(call, record=deal, holder=f"user_{firm.carol.pk}")
    assert sees(firm.carol, deal)


def test_who_may_change_a_record_by_a_share_alone_adds_no_observers(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"responsible": firm.alice.pk})
    with opened(None, door="screen") as call:
        sharing.give(call, record=deal, holder=f"user_{firm.carol.pk}", may_edit=True)
    refused = change(deal, firm.carol, observers=[firm.bob.pk])
    assert isinstance(refused, Refused)
    assert (refused.code, refused.place) == ("records.share.not_to_pass_on", "observers")
    assert change(deal, firm.carol, observers=[], comment="x").comment == "x"
    firm.grant("crm.deal.edit", extent=Extent.OWN, to=firm.alice)
    assert not isinstance(change(deal, firm.alice, observers=[firm.bob.pk]), Refused)


def test_observers_are_told_what_others_change(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"title": "Lift", "responsible": firm.alice.pk, "observers": [firm.carol.pk]})
    firm.grant("crm.deal.edit", extent=Extent.ALL, to=firm.alice)
    change(deal, firm.alice, stage="PAID", amount=100)
    change(deal, firm.alice, observers=[firm.carol.pk, firm.bob.pk])
    assert told(firm.carol) == [
        "The system made you an observer of “Lift”",
        "Alice Orlova changed “Lift”: Stage “Paid”, Amount",
        "Alice Orlova changed “Lift”: Observers",
    ]
    assert told(firm.bob) == ["Alice Orlova made you an observer of “Lift”"]
    assert told(firm.alice) == []


def test_several_changes_of_one_transaction_are_told_at_once(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"title": "Lift", "observers": [firm.carol.pk]})
    Notice.objects.all().delete()
    with opened(None, door="screen") as call:
        for values in ({"stage": "PAID"}, {"stage": "WON"}, {"amount": 5}):
            records.verbs["crm.deal"].change(call, record=deal, values=values)
    assert told(firm.carol) == ["The system changed “Lift”: Stage “Won”, Amount"]


def test_nobody_is_told_of_what_he_did_himself_or_of_a_file_that_is_imported(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"responsible": firm.alice.pk, "observers": [firm.carol.pk]})
    firm.grant("crm.deal.edit", extent=Extent.ALL, to=firm.carol)
    Notice.objects.all().delete()
    change(deal, firm.carol, amount=1)
    change(deal, None, door=IMPORT, amount=2)
    assert told(firm.carol) == []


def test_a_field_hidden_from_an_observer_is_not_told_of(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"title": "Lift", "observers": [firm.carol.pk]})
    role = firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.carol)
    with opened(None, door="screen") as call:
        sharing.limit(call, role=role, record_type="crm.deal", field="amount", level=Limit.HIDDEN)
    Notice.objects.all().delete()
    change(deal, None, amount=1)
    change(deal, None, amount=2, comment="x")
    assert told(firm.carol) == ["The system changed “Lift”: Comment"]


def test_the_trash_and_the_way_out_of_it_are_told(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"title": "Lift", "observers": [firm.carol.pk]})
    Notice.objects.all().delete()
    for verb in ("remove", "restore"):
        with opened(None, door="screen") as call:
            getattr(records.verbs["crm.deal"], verb)(call, record=deal)
    assert told(firm.carol) == ["The system put “Lift” into the trash", "The system took “Lift” out of the trash"]


def test_observers_are_told_what_is_said(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"title": "Lift", "observers": [firm.carol.pk]})
    Notice.objects.all().delete()
    with opened(firm.ann.pk, door="screen") as call:
        comments.add(call, record=deal, text="Call them.")
    [notice] = Notice.objects.filter(to=firm.carol.pk)
    assert (notice.text, notice.why) == ("Ann Zimina about “Lift”: Call them.", "You observe it")


def test_a_filter_finds_what_somebody_observes(make: Make, firm: Company) -> None:
    observed, _other = make("crm.deal", {"observers": [firm.carol.pk]}), make("crm.deal", {"observers": [firm.bob.pk]})
    none = make("crm.deal")

    def found(operator: str, value: Any = None) -> set[int]:
        asked = {"field": "observers", "operator": operator, "value": value}
        return set(records.rows(DEAL, by=None).filter(records.where(DEAL, asked)).values_list("pk", flat=True))

    assert found("in", [firm.carol.pk]) == {observed.pk}
    assert found("empty") == {none.pk}
    assert found("not_in", [firm.bob.pk]) == {observed.pk, none.pk}


def test_why_an_observer_sees_a_record_is_explained(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"observers": [firm.carol.pk]})
    answers = {one.act: one for one in explaining.explain(firm.carol, deal)}
    assert {act: one.may for act, one in answers.items()} == {"see": True, "edit": False, "remove": False}
    assert [one.text for one in answers["see"].reasons] == ["He observes it: that lets him see it, not change it."]


def test_an_observer_hears_of_changes(make: Make, firm: Company) -> None:
    deal = make("crm.deal", {"observers": [firm.carol.pk]})
    assert live.heard([("crm.deal", deal.pk)], by=firm.carol.pk) == [("crm.deal", deal.pk)]
    assert live.heard([("crm.deal", deal.pk)], by=firm.bob.pk) == []
