"""The drawer in which a lead becomes a company, a contact and a deal, with those it may be joined to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.crm.leads import queries, rules
from potok.crm.leads.models import Lead
from potok.crm.leads.operations import conversion
from potok.crm.leads.operations.conversion import TYPES
from potok.crm.leads.queries import Suggested
from potok.crm.leads.record import lead as of
from potok.kit.calls import SCREEN
from potok.kit.doors import opened
from potok.people import public as people
from potok.records import public as records
from potok.records.public import Stage
from potok.ui import answers
from potok.ui.answers import Toast

OTHER = "other"
# By what a record is found that is chosen beforehand. Namesakes among people are many, and a deal is asked for anew.
SURE = {"company": {"phone", "email", "name", "contact"}, "contact": {"phone", "email"}, "deal": set[str]()}


@dataclass(frozen=True)
class Choice:
    """One way of a side. Without words in `why_not` it may be chosen."""

    value: str
    title: str
    note: str = ""
    checked: bool = False
    why_not: str = ""


@dataclass(frozen=True)
class Side:
    """The company, the contact or the deal of the drawer."""

    name: str
    title: str
    icon: str
    choices: Sequence[Choice]
    find_url: str


def is_offered(request: HttpRequest, row: Lead) -> bool:
    """Whoever may change an open lead may convert it."""
    is_open = row.removed_at is None and (row.stage is None or row.stage.kind == Stage.OPEN)
    return is_open and records.access.may(request.user.pk or 0, row, act="edit")


def button(request: HttpRequest, row: Lead) -> str:
    """Draw the button in the head of the card."""
    return render_to_string("leads/_button.html", {"row": row}, request)


@require_http_methods(["GET", "POST"])
def convert(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the choices, or convert as chosen and go to what came of it."""
    lead = queries.found(id, by=request.user.pk)
    if request.method == "GET":
        return answers.draw(request, "leads/conversion.html", {"row": lead, "sides": _sides(request, lead)})
    with opened(request.user.pk, door=SCREEN) as call:
        became = conversion.convert(call, lead=lead, **{name: _chosen(request.POST, name) for name in rules.SIDES})
    return answers.go(request, _address(became), toast=Toast(gettext("The lead became a client")))


def _chosen(given: QueryDict, name: str) -> str:
    chosen = given.get(name, rules.NONE)
    return given.get(f"{name}.{OTHER}", "") or rules.NONE if chosen == OTHER else chosen


def _address(lead: Lead) -> str:
    for name, id in (("deal", lead.deal_id), ("contact", lead.contact_id), ("company", lead.company_id)):
        if id:
            return f"/{TYPES[name].path}/{id}/"
    return f"/{of.path}/{lead.pk}/"


def _sides(request: HttpRequest, lead: Lead) -> list[Side]:
    values = records.snapshot(of, lead)
    found = queries.suggestions(lead, by=request.user.pk)
    return [
        _side(request, "company", values, found.company),
        _side(request, "contact", values, found.contact),
        _side(request, "deal", values, found.deal),
    ]


def _side(request: HttpRequest, name: str, values: Mapping[str, Any], found: Sequence[Suggested]) -> Side:
    of_side = TYPES[name]
    sure = next((one for one in found if SURE[name] & set(one.by)), None)
    why_not = _why_not(request, name, values)
    new = Choice(rules.NEW, _title(name, values), checked=sure is None and not why_not, why_not=why_not)
    known = [Choice(str(one.row.pk), one.row.title, _by(one.by), checked=one is sure) for one in found]
    none = Choice(rules.NONE, _none(name), checked=sure is None and bool(why_not))
    return Side(name, of_side.title, of_side.icon, [*known, new, none], f"/records/find?type={of_side.name}")


def _title(name: str, values: Mapping[str, Any]) -> str:
    if name == "contact":
        person = " ".join(str(values[one]) for one in ("surname", "name", "patronymic") if values.get(one))
        return gettext("A new contact: %(title)s") % {"title": person or "…"}
    if name == "company":
        return gettext("A new company: %(title)s") % {"title": values.get("company_title") or "…"}
    return gettext("A new deal: %(title)s") % {"title": values.get("title") or "…"}


def _none(name: str) -> str:
    return {
        "company": gettext("Without a company"),
        "contact": gettext("Without a contact"),
        "deal": gettext("Without a deal"),
    }[name]


def _why_not(request: HttpRequest, name: str, values: Mapping[str, Any]) -> str:
    if not people.may(request.user.pk, permission=TYPES[name].may("add")):
        return gettext("You have no right to add one")
    if name == "company" and not values.get("company_title"):
        return gettext("The lead names no company")
    if name == "contact" and not (values.get("name") or values.get("surname")):
        return gettext("The lead names no person")
    return ""


def _by(by: Sequence[str]) -> str:
    words = {
        "phone": gettext("the same phone"),
        "email": gettext("the same e-mail"),
        "name": gettext("the same name"),
        "contact": gettext("the company of the contact"),
        "client": gettext("an open deal of this client"),
    }
    return ", ".join(words[one] for one in by)
