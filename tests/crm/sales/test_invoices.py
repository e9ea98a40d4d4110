"""Invoices: drawn up from a deal, issued under a number without a gap, paid, and what follows for the deal."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from potok.crm.deals.public import Deal
from potok.crm.goods import public as goods
from potok.crm.sales import numbers
from potok.crm.sales.public import Invoice, OwnEntity
from potok.kit.doors import opened
from potok.kit.errors import Forbidden
from potok.kit.models import EventRow
from potok.kit.operations import operations
from potok.people.public import Extent
from potok.records import public as records
from potok.records.public import Pipeline, Stage
from tests.company import Company
from tests.crm.goods.conftest import add
from tests.crm.sales.conftest import do, draw_up, issue, stands
from tests.records.conftest import refused

pytestmark = pytest.mark.django_db


def test_an_invoice_takes_over_parties_and_goods_of_the_deal(entity: OwnEntity, deal: Deal) -> None:
    made = draw_up(deal)
    assert (made.deal_id, made.company_id, made.own_entity_id) == (deal.pk, deal.company_id, entity.pk)
    assert [(line.title, line.price) for line in goods.lines(made.ref)] == [
        ("Work", Decimal(1000)),
        ("Filter", Decimal(220)),
    ]
    assert (made.amount, made.number, made.state) == (Decimal(1220), "", "draft")


def test_a_deal_without_goods_is_asked_for_in_one_line(entity: OwnEntity) -> None:
    made = draw_up(add("crm.deal", title="Cleaning", amount="189000 USD"))
    [line] = goods.lines(made.ref)
    assert (line.title, made.amount, made.currency) == ("Cleaning", Decimal(189000), "USD")


def test_what_is_issued_has_a_number_dates_and_stays_as_it_is(entity: OwnEntity, deal: Deal) -> None:
    with translation.override("ru"):
        invoice = issue(draw_up(deal))
    row = Invoice.objects.get(pk=invoice.pk)
    assert (row.number, row.state) == ("1", "issued")
    assert row.issued_on is not None
    assert row.due_on is not None
    assert (row.due_on - row.issued_on).days == 5
    assert row.title == f"Счёт № 1 от {row.issued_on:%d.%m.%Y}"
    with refused("crm.invoice.frozen"):
        do("crm.invoice.lines.change", record=row, lines=[{"title": "More", "price": 1}])
    with refused("crm.invoice.frozen"):
        do("crm.invoice.change", record=row, values={"amount": 5})
    with refused("crm.paper.not_a_draft"):
        issue(row)
    do("crm.invoice.change", record=row, values={"comment": "By post"})


def test_numbers_have_no_gap_and_begin_anew_with_the_year_and_the_entity(entity: OwnEntity, deal: Deal) -> None:
    other = add("crm.own_entity", title="South Air")
    first, second, foreign, old = (draw_up(deal) for _ in range(4))
    do("crm.invoice.change", record=foreign, values={"own_entity": other.pk})
    do("crm.invoice.change", record=old, values={"issued_on": "2025-12-31"})
    assert issue(first).number == "1"
    with pytest.raises(ZeroDivisionError), opened(None, door="screen") as call:
        numbers.take("crm.invoice", entity=entity.pk, on=call.at.date())
        raise ZeroDivisionError
    assert [issue(one).number for one in (second, foreign, old)] == ["2", "1", "1"]
    with opened(None, door="screen") as call:
        numbers.choose(call, record_type="crm.invoice", template="A-{year}-{n:3}")
    assert issue(draw_up(deal)).number == f"A-{date.today().year}-003"  # noqa: DTZ011 (the database's clock is near)
    with opened(None, door="screen") as call, refused("crm.numbering.wrong"):
        numbers.choose(call, record_type="crm.deal", template="{n}")


def test_what_cannot_be_issued_is_refused(deal: Deal) -> None:
    with refused("crm.paper.no_entity"):
        issue(draw_up(deal))
    add("crm.own_entity", title="North Air")
    with refused("crm.invoice.empty"):
        issue(add("crm.invoice"))
    assert issue(draw_up(deal)).number == "1"


def test_payments_add_up_and_are_taken_back(invoice: Invoice) -> None:
    do("crm.invoice.pay", invoice=invoice, amount=Decimal(1000), note="Order 17")
    assert stands(invoice) == ("partly", Decimal(1000))
    do("crm.invoice.pay", invoice=invoice)
    assert stands(invoice) == ("paid", Decimal(1220))
    with refused("crm.invoice.not_due"):
        do("crm.invoice.pay", invoice=invoice, amount=Decimal(1))
    first, last = invoice.payments.all()
    do("crm.payment.remove", payment=last)
    assert stands(invoice) == ("partly", Decimal(1000))
    with refused("crm.payment.nothing"):
        do("crm.invoice.pay", invoice=invoice, amount=Decimal(0))
    with refused("crm.invoice.has_payments"):
        do("crm.invoice.cancel", invoice=invoice)
    do("crm.payment.remove", payment=first)
    do("crm.invoice.cancel", invoice=invoice)
    assert stands(invoice) == ("cancelled", Decimal(0))


def stage_of(deal: Deal) -> str:
    return str(Deal.objects.values_list("stage__code", flat=True).get(pk=deal.pk))


def test_a_paid_invoice_moves_its_deal_through_the_ordinary_operation(invoice: Invoice, deal: Deal) -> None:
    do("crm.invoice.pay", invoice=invoice, amount=Decimal(1))
    assert stage_of(deal) == "NEW"
    do("crm.invoice.pay", invoice=invoice)
    assert stage_of(deal) == "PAID"
    told = EventRow.objects.filter(name="records.record.changed", payload__type="crm.deal").order_by("id").last()
    assert told is not None
    assert told.payload["after"] == {"stage": "PAID"}
    assert EventRow.objects.filter(name="crm.invoice.paid").count() == 1


def test_a_deal_never_goes_back_because_money_came(invoice: Invoice, deal: Deal) -> None:
    do("crm.deal.move", record=deal, stage="WON")
    do("crm.invoice.pay", invoice=invoice)
    assert stage_of(deal) == "WON"


def test_where_a_paid_deal_goes_is_a_setting_of_its_pipeline(invoice: Invoice, deal: Deal) -> None:
    pipeline: Pipeline | None = deal.pipeline
    assert pipeline is not None
    with opened(None, door="screen") as call:
        chosen = records.pipelines.add_stage(call, pipeline=pipeline, title="Kept")
    do("crm.paid_stage.choose", pipeline=pipeline, stage=chosen)
    with refused("crm.paid_stage.foreign"):
        do("crm.paid_stage.choose", pipeline=pipeline, stage=Stage.objects.exclude(pipeline=pipeline).first())
    do("crm.invoice.pay", invoice=invoice)
    assert stage_of(deal) == chosen.code


def test_accounting_enters_payments_without_any_right_to_the_deal(firm: Company, invoice: Invoice, deal: Deal) -> None:
    with opened(firm.carol.pk, door="screen") as call:
        [answer] = operations["crm.invoice.pay"].many([(call, {"invoice": invoice})])
    assert isinstance(answer, Forbidden)
    firm.grant("crm.invoice.pay", extent=Extent.ALL, to=firm.carol)
    do("crm.invoice.pay", invoice=invoice, by=firm.carol.pk)
    assert stage_of(deal) == "PAID"


def test_who_does_not_see_the_deal_draws_nothing_up_from_it(firm: Company, entity: OwnEntity, deal: Deal) -> None:
    firm.grant("crm.invoice.add", extent=Extent.ALL, to=firm.carol)
    with refused("kit.missing"):
        do("crm.invoice.draw_up", source=deal, by=firm.carol.pk)
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    made = do("crm.invoice.draw_up", source=deal, by=firm.carol.pk)
    assert made.responsible_id == firm.carol.pk
