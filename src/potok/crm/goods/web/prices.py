"""The tab «Prices» of a product, and the page with the rates of currencies."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from potok.crm.goods import prices
from potok.crm.goods.models import Price, Rate
from potok.crm.goods.record import price_list, product
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import public as records
from potok.records.public import fields
from potok.ui import answers, words
from potok.ui.answers import Toast

AMOUNT = fields.Number("amount", _("Price"))
SINCE = fields.Date("since", _("Holds from"), required=True)
WORTH = fields.Number("worth", _("Roubles for one"), required=True)
RATES_SHOWN = 100


def draw(request: HttpRequest, record: Any) -> str:
    """Draw what a product costs by every price list."""
    known = dict(Price.objects.filter(product=record.pk).values_list("price_list", "amount"))
    seen = records.rows(price_list, by=request.user.pk).order_by("sort_key")
    reach = records.access.reach(request.user.pk, price_list, "edit")
    lists = [
        {
            "row": row,
            "url": reverse("goods:price", args=[record.pk, row.pk]),
            "amount": words.number(known[row.pk]) if row.pk in known else "",
            "shown": words.money(known.get(row.pk), row.currency),
            "may_edit": reach.covers(row),
        }
        for row in seen
    ]
    may_add = people.may(request.user.pk, permission=price_list.may("add"))
    return render_to_string("goods/prices.html", {"lists": lists, "record": record, "may_add": may_add}, request)


@require_POST
def keep(request: HttpRequest, id: int, list_id: int) -> HttpResponse:
    """Keep what a product costs by a price list."""
    row = records.find(product, id, by=request.user.pk)
    listed: Any = records.find(price_list, list_id, by=request.user.pk)
    amount = AMOUNT.read(request.POST.get("amount", ""))
    with opened(request.user.pk, door="screen") as call:
        prices.set_(call, price_list=listed, product=row, amount=amount)  # type: ignore[arg-type]
    return answers.say(request, HttpResponse(draw(request, row)), Toast(gettext("The price is kept")))


@require_http_methods(["GET", "POST"])
def rates(request: HttpRequest) -> HttpResponse:
    """Show the rates of currencies, newest first, or keep one."""
    if not people.may(request.user.pk, permission=prices.RATES):
        raise FORBIDDEN(permission=permissions[prices.RATES].title)
    if request.method == "POST":
        given: dict[str, Any] = {
            "since": SINCE.checked(request.POST.get("since")),
            "worth": WORTH.checked(request.POST.get("worth")),
        }
        with opened(request.user.pk, door="screen") as call:
            prices.set_rate(call, currency=request.POST.get("currency", ""), **given)
        return answers.go(request, reverse("goods:rates"), toast=Toast(gettext("The rate is kept")))
    context = {
        "rates": Rate.objects.order_by("-since", "currency")[:RATES_SHOWN],
        "codes": [(code, code) for code in prices.CODES],
        "today": clock.now().date().isoformat(),
    }
    return answers.draw(request, "goods/rates.html", context)


@require_POST
def remove_rate(request: HttpRequest, id: int) -> HttpResponse:
    """Take a rate back."""
    rate = Rate.objects.filter(pk=id).first()
    if rate is None:
        raise MISSING(id=id)
    with opened(request.user.pk, door="screen") as call:
        prices.remove_rate(call, rate=rate)
    return answers.go(request, reverse("goods:rates"), toast=Toast(gettext("The rate is taken back")))
