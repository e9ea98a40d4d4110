"""The page of an invoice as it is printed and sent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from potok.crm.goods import public as goods
from potok.crm.goods.public import sums
from potok.crm.sales.record import invoice
from potok.engine.expr.functions.number_words import money_in_words
from potok.records import public as records
from potok.ui import words


@require_GET
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the invoice alone, as it goes onto paper."""
    row: Any = records.find(invoice, id, by=request.user.pk)
    lines = goods.lines(row.ref)
    total = goods.total(lines) if lines else sums.Sums(net=row.amount or sums.NOTHING, total=row.amount or sums.NOTHING)
    context = {
        "invoice": row,
        "seller": row.own_entity,
        "buyer": row.company,
        "lines": [(line, goods.unit_sign(line.unit), line.sums) for line in lines],
        "total": total,
        "taxed": any(line.tax != sums.NO_TAX for line in lines),
        "in_words": money_in_words(total.total, row.currency, language=words.language()),
    }
    return render(request, "sales/invoice.html", context)
