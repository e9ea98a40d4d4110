"""Every write to sales beyond those that all record types have: drawing up, issuing, cancelling."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from potok.crm.deals.public import Deal
from potok.crm.goods import public as goods
from potok.crm.sales import numbers, queries, rules
from potok.crm.sales.events import InvoiceIssued
from potok.crm.sales.models import Contract, DeliveryNote, Invoice, Order, Quote
from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.records import public as records
from potok.records.public import Record, guards

# What a paper takes over from the record it is drawn up from, as far as both have it.
PARTIES = ("own_entity", "company", "contact", "deal")
LINKS = {"crm.deal": "deal", "crm.quote": "quote", "crm.order": "order", "crm.invoice": "invoice"}


@operation("crm.invoice.draw_up", needs="crm.invoice.add")
def draw_up_invoice(call: Call, *, source: Record) -> Invoice:
    """Draw up an invoice from a deal or an order: its parties, its goods; a draft until it is issued."""
    made: Invoice = _drawn_up(call, "crm.invoice", source)
    return made


@operation("crm.quote.draw_up", needs="crm.quote.add")
def draw_up_quote(call: Call, *, source: Record) -> Quote:
    """Draw up a quote from a deal."""
    made: Quote = _drawn_up(call, "crm.quote", source)
    return made


@operation("crm.order.draw_up", needs="crm.order.add")
def draw_up_order(call: Call, *, source: Record) -> Order:
    """Draw up an order from a deal or a quote."""
    made: Order = _drawn_up(call, "crm.order", source)
    return made


@operation("crm.delivery_note.draw_up", needs="crm.delivery_note.add")
def draw_up_delivery_note(call: Call, *, source: Record) -> DeliveryNote:
    """Draw up a delivery note from a deal, an order or an invoice."""
    made: DeliveryNote = _drawn_up(call, "crm.delivery_note", source)
    return made


def _drawn_up(call: Call, name: str, source: Record) -> Any:
    seen = records.find(records.type_named(source.record_type), source.pk, by=call.by)
    paper = records.verbs[name].add(call.by_system(), values=_taken_over(call, name, seen))
    if not goods.copy_lines(call, given=seen, to=paper) and getattr(seen, "amount", None):
        # A deal may have an amount and no goods: the paper asks for it in one line.
        goods.add_line(call, to=paper, title=seen.title, price=getattr(seen, "amount"))  # noqa: B009 (any record)
    return type(paper).objects.get(pk=paper.pk)


def _taken_over(call: Call, name: str, source: Any) -> dict[str, Any]:
    own = records.type_named(name).declared()
    values = {one: getattr(source, f"{one}_id", None) for one in PARTIES if one in own}
    if link := LINKS.get(source.record_type):
        values |= {link: source.pk} if link in own else {}
    if not values.get("own_entity") and (usual := queries.usual_entity()):
        values["own_entity"] = usual.pk
    currency = getattr(source, "currency", "RUB")
    return {
        **values,
        "amount": {"amount": 0, "currency": currency},
        "responsible": call.author or source.responsible_id,
    }


@operation("crm.invoice.issue", needs="crm.invoice.edit", on="invoice")
def issue(call: Call, *, invoice: Invoice) -> Invoice:
    """Give an invoice its number and its dates; from then on it asks to be paid."""
    row: Invoice = _issued(call, invoice, needs_amount=True)
    announce(InvoiceIssued(call=call, invoice=row.pk, deal=row.deal_id))
    return row


@operation("crm.quote.issue", needs="crm.quote.edit", on="quote")
def issue_quote(call: Call, *, quote: Quote) -> Quote:
    """Give a quote its number and its date."""
    row: Quote = _issued(call, quote)
    return row


@operation("crm.order.issue", needs="crm.order.edit", on="order")
def issue_order(call: Call, *, order: Order) -> Order:
    """Give an order its number and its date."""
    row: Order = _issued(call, order)
    return row


@operation("crm.delivery_note.issue", needs="crm.delivery_note.edit", on="delivery_note")
def issue_delivery_note(call: Call, *, delivery_note: DeliveryNote) -> DeliveryNote:
    """Give a delivery note its number and its date."""
    row: DeliveryNote = _issued(call, delivery_note)
    return row


@operation("crm.contract.number", needs="crm.contract.edit", on="contract")
def number(call: Call, *, contract: Contract) -> Contract:
    """Give a contract the next number, where nobody has typed one."""
    row = locked(call, contract)
    if row.number:
        raise rules.NOT_DRAFT()
    on = row.signed_on or timezone.localdate(call.at)
    taken = numbers.take("crm.contract", entity=row.own_entity_id, on=on)
    made: Contract = records.fill(call, record=row, values={"number": taken})
    return made


def _issued(call: Call, paper: Record, *, needs_amount: bool = False) -> Any:
    row = locked(call, paper)
    rules.check_issue(row.state, row.number, row.amount, needs_amount=needs_amount)
    on = row.issued_on or timezone.localdate(call.at)
    values: dict[str, Any] = {"state": rules.ISSUED, "issued_on": on, **_entity(row)}
    entity: RecordRef = values["own_entity"]
    values["number"] = numbers.take(row.record_type, entity=entity.id, on=on)
    return records.fill(call, record=row, values={**values, **_due(row, on)})


def _entity(row: Any) -> Mapping[str, RecordRef]:
    entity = row.own_entity_id or getattr(queries.usual_entity(), "pk", None)
    if entity is None:
        raise rules.NO_ENTITY(place="own_entity")
    return {"own_entity": RecordRef("crm.own_entity", entity)}


def _due(row: Any, on: date) -> Mapping[str, date]:
    has_none = isinstance(row, Invoice) and row.due_on is None
    return {"due_on": on + timedelta(days=rules.DUE_DAYS)} if has_none else {}


@operation("crm.invoice.cancel", needs="crm.invoice.edit", on="invoice")
def cancel(call: Call, *, invoice: Invoice) -> Invoice:
    """Give an invoice up; its number stays taken."""
    row: Any = locked(call, invoice)
    rules.check_cancel(row.state, queries.paid(row))
    made: Invoice = records.fill(call, record=row, values={"state": rules.CANCELLED})
    return made


def locked(call: Call, record: Record) -> Any:
    """The row as it is now, locked until the commit; refused where the person must not touch it for the time being."""
    row: Any = type(record).objects.select_for_update(no_key=True).filter(pk=record.pk, removed_at=None).first()
    if row is None:
        raise MISSING(id=record.pk)
    asked = None if call.by is None else guards.Act(call.by, row.ref, "edit")
    [refused] = guards.judge([asked])
    if refused:
        raise refused
    return row


def open_deal(deal: int | None) -> Deal | None:
    """A deal that is not in the trash."""
    found: Deal | None = Deal.objects.select_related("stage").filter(pk=deal, removed_at=None).first()
    return found
