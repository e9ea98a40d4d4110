"""Payments: money comes for an invoice, and is taken back when it was entered by mistake."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from potok.crm.sales import queries, rules
from potok.crm.sales.events import InvoicePaid
from potok.crm.sales.models import Invoice, Payment
from potok.crm.sales.operations import locked
from potok.engine.values import Money
from potok.kit.calls import Call
from potok.kit.events import announce
from potok.kit.operations import operation
from potok.records import public as records

PAY = records.permit("crm.invoice.pay", _("Invoices: enter payments"))


@operation("crm.invoice.pay", needs=PAY, on="invoice")
def pay(
    call: Call, *, invoice: Invoice, amount: Decimal | None = None, paid_on: date | None = None, note: str = ""
) -> Invoice:
    """Enter a payment, of all that is left where no amount is given; the deal moves on when the invoice is paid."""
    row: Any = locked(call, invoice)
    left = (row.amount or Decimal(0)) - queries.paid(row)
    came = (left if amount is None else amount).quantize(Decimal("0.01"))
    rules.check_payment(row.state, came)
    Payment.objects.create(
        invoice=row,
        amount=came,
        paid_on=paid_on or timezone.localdate(call.at),
        note=note.strip(),
        at=call.at,
        by_id=call.author,
    )
    return _settled(call, row)


@operation("crm.payment.remove", needs=PAY, on="payment")
def remove(call: Call, *, payment: Payment) -> Invoice:
    """Take back a payment that was entered by mistake; where the deal has gone, it stays."""
    row: Any = locked(call, payment.invoice)
    Payment.objects.filter(pk=payment.pk).delete()
    return _settled(call, row)


def _settled(call: Call, row: Any) -> Invoice:
    paid = queries.paid(row)
    state = rules.state_of(row.amount, paid)
    made: Invoice = records.fill(call, record=row, values={"paid": Money(paid, row.currency), "state": state})
    if state == rules.PAID and row.state != rules.PAID:
        announce(InvoicePaid(call=call, invoice=row.pk, deal=row.deal_id))
    return made
