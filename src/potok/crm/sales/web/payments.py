"""The tab with the payments of an invoice."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from potok.crm.sales import paying, queries
from potok.crm.sales.models import Payment
from potok.crm.sales.record import invoice
from potok.crm.sales.web import tools
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.records import public as records
from potok.records.public import fields
from potok.ui import answers, words
from potok.ui.answers import Toast

AMOUNT = fields.Number("amount", _("Sum"))
PAID_ON = fields.Date("paid_on", _("Came on"))


def draw(request: HttpRequest, record: Any) -> str:
    """Draw what has been paid, and the form for what comes."""
    paid = queries.paid(record)
    left = (record.amount or Decimal(0)) - paid
    context = {
        "record": record,
        "payments": record.payments.select_related("by"),
        "paid": paid,
        "left": left,
        "left_typed": words.number(left).replace(",", "." if words.language() != "ru" else ","),
        "today": timezone.localdate(clock.now()).isoformat(),
        "pay_url": tools.pay_url(request, record),
        "may_pay": tools.may(request, record, "pay"),
    }
    return render_to_string("sales/payments.html", context, request)


def count(request: HttpRequest, record: Any) -> int | None:
    """How many payments there are."""
    return record.payments.count() or None


@require_POST
def add(request: HttpRequest, id: int) -> HttpResponse:
    """Enter a payment; without a sum, all that is left."""
    row: Any = records.find(invoice, id, by=request.user.pk)
    amount: Any = AMOUNT.read(request.POST.get("amount", ""))
    paid_on: Any = PAID_ON.read(request.POST.get("paid_on", ""))
    with opened(request.user.pk, door="screen") as call:
        made = paying.pay(
            call,
            invoice=row,
            amount=None if amount is None else Decimal(amount),
            paid_on=paid_on,
            note=request.POST.get("note", ""),
        )
    said = gettext("The invoice is paid") if made.state == "paid" else gettext("The payment is entered")
    return answers.go(request, f"/invoices/{id}/", toast=Toast(said))


@require_POST
def remove(request: HttpRequest, id: int, payment: int) -> HttpResponse:
    """Take a payment back."""
    row: Any = records.find(invoice, id, by=request.user.pk)
    found = Payment.objects.filter(pk=payment, invoice=row.pk).select_related("invoice").first()
    if found is None:
        raise MISSING(id=payment)
    with opened(request.user.pk, door="screen") as call:
        paying.remove(call, payment=found)
    return answers.go(request, f"/invoices/{id}/?tab=payments", toast=Toast(gettext("The payment is taken back")))
