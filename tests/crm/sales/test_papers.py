"""Quotes, orders, delivery notes, contracts, projects and our own entities."""

import pytest

from potok.crm.deals.public import Deal
from potok.crm.goods import public as goods
from potok.crm.sales.public import OwnEntity, usual_entity
from potok.engine.values import RecordRef
from potok.kit.operations import operations
from potok.records import public as records
from tests.crm.goods.conftest import add
from tests.crm.sales.conftest import do
from tests.records.conftest import refused

pytestmark = pytest.mark.django_db
TYPES = ("crm.own_entity", "crm.quote", "crm.order", "crm.invoice", "crm.delivery_note", "crm.contract", "crm.project")


def test_every_type_brings_its_operations() -> None:
    derived = {
        "crm.own_entity.add", "crm.own_entity.change", "crm.own_entity.remove", "crm.own_entity.restore",
        "crm.quote.add", "crm.quote.change", "crm.quote.remove", "crm.quote.restore", "crm.quote.lines.set",
        "crm.order.add", "crm.order.change", "crm.order.remove", "crm.order.restore", "crm.order.lines.set",
        "crm.invoice.add", "crm.invoice.change", "crm.invoice.remove", "crm.invoice.restore", "crm.invoice.lines.set",
        "crm.delivery_note.add", "crm.delivery_note.change", "crm.delivery_note.remove", "crm.delivery_note.restore",
        "crm.delivery_note.lines.set", "crm.delivery_note.lines.change", "crm.quote.lines.change",
        "crm.order.lines.change", "crm.invoice.lines.change",
        "crm.quote.lines.order", "crm.order.lines.order", "crm.invoice.lines.order", "crm.delivery_note.lines.order",
        "crm.contract.add", "crm.contract.change", "crm.contract.remove", "crm.contract.restore",
        "crm.project.add", "crm.project.change", "crm.project.remove", "crm.project.restore",
    }  # fmt: skip
    assert derived <= operations.all().keys()


def test_papers_follow_one_from_another_and_name_where_they_come_from(entity: OwnEntity, deal: Deal) -> None:
    quote = do("crm.quote.draw_up", source=deal)
    order = do("crm.order.draw_up", source=quote)
    invoice = do("crm.invoice.draw_up", source=order)
    note = do("crm.delivery_note.draw_up", source=invoice)
    assert (order.quote_id, invoice.order_id, note.invoice_id) == (quote.pk, order.pk, invoice.pk)
    for paper in (quote, order, invoice, note):
        assert (paper.deal_id, paper.company_id) == (deal.pk, deal.company_id)
        assert [line.title for line in goods.lines(paper.ref)] == ["Work", "Filter"]
    issued = [
        do("crm.quote.issue", quote=quote),
        do("crm.order.issue", order=order),
        do("crm.delivery_note.issue", delivery_note=note),
    ]
    assert [(one.number, one.state) for one in issued] == [("1", "issued")] * 3
    assert do("crm.quote.draw_up", source=deal).number == ""


def test_the_amount_of_a_paper_is_what_its_goods_come_to(entity: OwnEntity, deal: Deal) -> None:
    quote = do("crm.quote.draw_up", source=deal)
    do("crm.quote.change", record=quote, values={"amount": 5})
    assert str(type(quote).objects.get(pk=quote.pk).amount) == "1220.00"


def test_a_contract_is_numbered_by_hand_or_by_us(entity: OwnEntity) -> None:
    typed = add("crm.contract", title="Service", number="17-В")
    ours = add("crm.contract", title="Delivery", own_entity=entity.pk, ends_on="2027-01-31")
    assert do("crm.contract.number", contract=ours).number == "1"
    with refused("crm.paper.not_a_draft"):
        do("crm.contract.number", contract=typed)


def test_a_date_of_a_contract_is_a_field_that_processes_can_wait_for() -> None:
    made = add("crm.contract", title="Service", ends_on="2027-01-31")
    ends = records.value(record=RecordRef("crm.contract", made.pk), path=["ends_on"])
    assert str(ends) == "2027-01-31"
    assert str(records.types_of("crm.contract")["ends_on"]) == str(records.types_of("crm.deal")["close_on"])


def test_one_entity_is_the_usual_one(entity: OwnEntity) -> None:
    other = add("crm.own_entity", title="South Air")
    assert usual_entity() == entity
    do("crm.own_entity.change", record=other, values={"is_default": True})
    assert usual_entity() == other
    assert OwnEntity.objects.filter(is_default=True).count() == 1


def test_wrong_requisites_are_refused_on_our_side_and_on_theirs() -> None:
    for name in ("crm.own_entity", "crm.company"):
        with refused("crm.requisites.wrong_inn"):
            add(name, title="Firm", inn="7707083894")
        assert add(name, title="Firm", inn="7707083893", kpp="770701001").pk
