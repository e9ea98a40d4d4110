"""The tab with the lines of a record: every cell is changed where it stands, goods are found by name or article."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.crm.goods import queries, reading, sums
from potok.crm.goods.carriers import Carrier, carriers
from potok.crm.goods.models import Line, PriceList
from potok.crm.goods.record import TAXES, price_list, product
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.kit.keyboard import other_layout
from potok.kit.operations import operations
from potok.people import public as people
from potok.records import public as records
from potok.ui import answers, words
from potok.ui.shapes import Option

FOUND_MAX = 12
# An option of the picker that is no product: the text itself becomes a line.
TEXT = "text:"
ON_TOP = "+"
CELLS = ("title", "quantity", "unit", "price", "discount", "discount_kind")


def draw(request: HttpRequest, record: Any) -> str:
    """Draw the body of the tab."""
    return render_to_string("goods/lines.html", _context(request, record), request)


@require_GET
def show(request: HttpRequest, type: str, id: int) -> HttpResponse:
    """Draw the lines alone, when they have changed: what is being typed beside them stays."""
    return _again(request, type, id)


@require_POST
def change(request: HttpRequest, type: str, id: int) -> HttpResponse:
    """Change a line, or add one; then the place for the next one is drawn anew, too."""
    record = _record(request, type, id)
    given = _changed(request.POST) if "line" in request.POST else _added(request.POST)
    if given:
        with opened(request.user.pk, door="screen") as call:
            operations[f"{carriers[type].lines}.change"](call, record=record, lines=[given])
    return _again(request, type, id, adding="line" not in request.POST)


@require_POST
def order(request: HttpRequest, type: str, id: int) -> HttpResponse:
    """Put a line before another one, or at the end."""
    record = _record(request, type, id)
    given = request.POST
    moved = [one for one in (given.get("line", ""), given.get("before", "")) if one.isdecimal()]
    rest = [str(line.pk) for line in queries.lines(record.ref) if str(line.pk) not in moved[:1]]
    place = rest.index(moved[1]) if moved[1:] and moved[1] in rest else len(rest)
    wanted = [*rest[:place], *moved[:1], *rest[place:]]
    with opened(request.user.pk, door="screen") as call:
        operations[f"{carriers[type].lines}.order"](call, record=record, lines=[int(one) for one in wanted])
    return answers.done(request)


@require_POST
def remove(request: HttpRequest, type: str, id: int, line: int) -> HttpResponse:
    """Take a line away."""
    record = _record(request, type, id)
    with opened(request.user.pk, door="screen") as call:
        operations[f"{carriers[type].lines}.change"](call, record=record, remove=[line])
    return _again(request, type, id)


@require_POST
def follow(request: HttpRequest, type: str, id: int) -> HttpResponse:
    """Let the amount follow the lines from now on."""
    record = _record(request, type, id)
    with opened(request.user.pk, door="screen") as call:
        records.verbs[type].change(call, record=record, values={carriers[type].by_hand: False})
    return _again(request, type, id)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Answer products to the picker by name or article, and the typed text itself as a line."""
    text = request.GET.get("q", "").strip()
    found = _found(request, text) or (_found(request, other_layout(text)) if text else [])
    if text:
        found.append(Option(f"{TEXT}{text}", text, icon="text-cursor-input", note=gettext("Add as a line of its own")))
    return render(request, "goods/find.html", {"options": found})


def _found(request: HttpRequest, text: str) -> list[Option]:
    rows = records.rows(product, by=request.user.pk).exclude(active=False)
    for word in people.folded(text).split():
        rows = rows.filter(Q(sort_key__contains=word) | Q(code__icontains=word))
    return [
        Option(str(row.pk), row.title, icon=product.icon, note=_note(row))
        for row in rows.order_by("sort_key")[:FOUND_MAX]
    ]


def _note(row: Any) -> str:
    priced = words.money(row.price, row.currency) if row.price is not None else ""
    return " · ".join(part for part in (row.code, priced) if part)


def _record(request: HttpRequest, type: str, id: int) -> Any:
    if type not in carriers:
        raise MISSING(id=id)
    return records.find(carriers[type].record_type, id, by=request.user.pk)


def _added(given: Mapping[str, Any]) -> dict[str, Any]:
    chosen = given.get("add", "")
    if not chosen:
        return {}
    if chosen.startswith(TEXT):
        return {"title": chosen.removeprefix(TEXT)}
    return {"product": chosen, "price_list": given.get("price_list", "")}


def _changed(given: Mapping[str, Any]) -> dict[str, Any]:
    changed = {name: given[name] for name in CELLS if name in given}
    if tax := given.get("tax"):
        changed |= {"tax": tax.removesuffix(ON_TOP), "tax_included": not tax.endswith(ON_TOP)}
    return {"id": given.get("line"), **changed}


def _again(request: HttpRequest, type: str, id: int, *, adding: bool = False) -> HttpResponse:
    context = {**_context(request, _record(request, type, id)), "again": adding}
    drawn = render_to_string("goods/_lines.html", context, request)
    if adding and context["may_edit"]:
        drawn += render_to_string("goods/_add.html", context, request)
    return HttpResponse(drawn)


def _context(request: HttpRequest, record: Any) -> dict[str, Any]:
    carrier = carriers[record.record_type]
    lines = queries.lines(record.ref)
    total = queries.total(lines)
    return {
        "record": record,
        "url": reverse("goods:lines", args=[record.record_type, record.pk]),
        "lines": [_row(record, line) for line in lines],
        "total": total,
        "taxed": any(line.tax != sums.NO_TAX for line in lines),
        "currency": record.currency,
        "may_edit": _may_edit(request, record, carrier),
        "typed": _typed(record, carrier, total) if lines else None,
        "units": _units(),
        "taxes": _taxes(),
        "discounts": [(sums.PERCENT, "%"), (sums.SUM, words.money(0, record.currency).strip(f"0{words.NBSP}"))],
        "price_lists": _price_lists(request),
        "price_list": request.POST.get("price_list", ""),
    }


def _row(record: Any, line: Line) -> dict[str, Any]:
    return {
        "line": line,
        "url": reverse("goods:removal", args=[record.record_type, record.pk, line.pk]),
        "quantity": _typed_number(line.quantity),
        "price": _typed_number(line.price),
        "discount": _typed_number(line.discount) if line.discount else "",
        "tax": line.tax if line.tax_included or line.tax == sums.NO_TAX else f"{line.tax}{ON_TOP}",
        "unit": dict(_units()).get(line.unit, line.unit),
        "tax_title": dict(_taxes()).get(line.tax if line.tax_included else f"{line.tax}{ON_TOP}", ""),
        "sums": line.sums,
    }


def _typed_number(value: Any) -> str:
    """A number as people here type it, and as it is read back: a comma never parts thousands."""
    text = words.number(value)
    return text if words.language() == "ru" else text.replace(",", words.NBSP)


def _units() -> list[tuple[str, str]]:
    offered: Any = reading.field_of(reading.UNIT)
    return [(code, str(sign)) for code, sign in offered.options]


def _taxes() -> list[tuple[str, str]]:
    on_top = [
        (f"{key}{ON_TOP}", gettext("%(rate)s on top") % {"rate": title})
        for key, title in TAXES
        if key not in (sums.NO_TAX, "0")
    ]
    return [*((key, str(title)) for key, title in TAXES), *on_top]


def _typed(record: Any, carrier: Carrier, total: sums.Sums) -> Any:
    """The amount that stands there instead of the sum of the lines, if a person has typed one."""
    by_hand = bool(carrier.by_hand and getattr(record, carrier.by_hand))
    amount = getattr(record, carrier.amount)
    return amount if by_hand and amount != total.total else None


def _may_edit(request: HttpRequest, record: Any, carrier: Carrier) -> bool:
    if record.removed_at is not None or carrier.closed(record):
        return False
    return records.access.may(request.user.pk, record, act="edit")


def _price_lists(request: HttpRequest) -> list[tuple[int, str]]:
    seen = records.rows(price_list, by=request.user.pk).exclude(active=False).order_by("sort_key")
    return [(row.pk, row.title) for row in seen] if PriceList.objects.exists() else []
