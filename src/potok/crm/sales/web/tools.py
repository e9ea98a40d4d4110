"""The buttons in the head of a card: draw up a paper, issue it, say that it is paid, print it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from potok.crm.sales import operations, rules
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.kit.operations import operations as known
from potok.people import public as people
from potok.records import public as records
from potok.records.public import RecordType
from potok.ui import answers
from potok.ui.answers import Toast

STATES = {
    rules.DRAFT: "todo",
    rules.ISSUED: "wait",
    rules.PARTLY: "run",
    rules.PAID: "done",
    rules.CANCELLED: "skip",
    "accepted": "done",
    "declined": "skip",
}
# From what a paper may be drawn up.
FROM = {
    "crm.deal": ("crm.invoice", "crm.quote", "crm.order", "crm.delivery_note"),
    "crm.quote": ("crm.order", "crm.invoice"),
    "crm.order": ("crm.invoice", "crm.delivery_note"),
    "crm.invoice": ("crm.delivery_note",),
}
ISSUE = {
    "crm.invoice": (operations.issue, "invoice"),
    "crm.quote": (operations.issue_quote, "quote"),
    "crm.order": (operations.issue_order, "order"),
    "crm.delivery_note": (operations.issue_delivery_note, "delivery_note"),
    "crm.contract": (operations.number, "contract"),
}


def draw(request: HttpRequest, record: Any) -> str:
    """Draw the buttons for what may be done now."""
    name, url = record.record_type, reverse("sales:issue", args=[record.record_type, record.pk])
    state = getattr(record, "state", "")
    context = {
        "record": record,
        "pill": (STATES[state], _title(name, state)) if name in ISSUE and state in STATES else None,
        "issue_url": url if _may_issue(request, record) else "",
        "is_contract": name == "crm.contract",
        "pay_url": pay_url(request, record),
        "print_url": reverse("sales:print", args=[record.pk]) if name == "crm.invoice" else "",
        "cancel_url": _cancel_url(request, record),
        "papers": _papers(request, record),
    }
    return render_to_string("sales/tools.html", context, request)


def _title(name: str, state: str) -> str:
    field: Any = records.type_named(name).declared()["state"]
    return str(dict(field.options).get(state, ""))


def _may_issue(request: HttpRequest, record: Any) -> bool:
    if record.record_type not in ISSUE or record.number or record.removed_at is not None:
        return False
    is_draft = record.state == rules.DRAFT or record.record_type == "crm.contract"
    return is_draft and may(request, record, "edit")


def may(request: HttpRequest, record: Any, act: str) -> bool:
    """Tell whether the person may do this with the record."""
    return records.access.may(request.user.pk, record, act=act)


def pay_url(request: HttpRequest, record: Any) -> str:
    """Where a payment of an invoice is entered; empty where none is expected, or not by this person."""
    if record.record_type != "crm.invoice" or record.state not in (rules.ISSUED, rules.PARTLY):
        return ""
    return reverse("sales:payments", args=[record.pk]) if may(request, record, "pay") else ""


def _cancel_url(request: HttpRequest, record: Any) -> str:
    if record.record_type != "crm.invoice" or record.state != rules.ISSUED or not may(request, record, "edit"):
        return ""
    return reverse("sales:cancellation", args=[record.pk])


def _papers(request: HttpRequest, record: Any) -> list[tuple[RecordType, str]]:
    if record.removed_at is not None or getattr(record, "state", "") == rules.CANCELLED:
        return []
    allowed = [records.type_named(name) for name in FROM.get(record.record_type, ())]
    return [
        (of, reverse("sales:drawing_up", args=[of.name, record.record_type, record.pk]))
        for of in allowed
        if people.may(request.user.pk, permission=of.may("add"))
    ]


@require_POST
def draw_up(request: HttpRequest, kind: str, type: str, id: int) -> HttpResponse:
    """Draw a paper up from a record, and go to it."""
    if kind not in FROM.get(type, ()):
        raise MISSING(id=id)
    source = records.find(records.type_named(type), id, by=request.user.pk)
    with opened(request.user.pk, door="screen") as call:
        made = known[f"{kind}.draw_up"](call, source=source)
    of = records.type_named(kind)
    return answers.go(request, f"/{of.path}/{made.pk}/", toast=Toast(gettext("Drawn up; look through it and issue it")))


@require_POST
def issue(request: HttpRequest, kind: str, id: int) -> HttpResponse:
    """Give a paper its number."""
    if kind not in ISSUE:
        raise MISSING(id=id)
    of = records.type_named(kind)
    row: Any = records.find(of, id, by=request.user.pk)
    issued, name = ISSUE[kind]
    with opened(request.user.pk, door="screen") as call:
        made: Any = issued(call, **{name: row})  # type: ignore[operator]
    said = gettext("Number %(number)s is given") % {"number": made.number}
    return answers.go(request, f"/{of.path}/{id}/", toast=Toast(said))


@require_POST
def cancel(request: HttpRequest, id: int) -> HttpResponse:
    """Give an invoice up."""
    row: Any = records.find(records.type_named("crm.invoice"), id, by=request.user.pk)
    with opened(request.user.pk, door="screen") as call:
        operations.cancel(call, invoice=row)
    return answers.go(request, f"/invoices/{id}/", toast=Toast(gettext("The invoice is cancelled")))
