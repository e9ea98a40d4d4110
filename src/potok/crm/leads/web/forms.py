"""Public forms, for whoever keeps them: the list with their addresses, the form of a form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.crm.leads import form_rules, queries
from potok.crm.leads.models import TakenIn, WebForm
from potok.crm.leads.operations import forms
from potok.crm.leads.permissions import FORMS
from potok.crm.leads.record import lead as of
from potok.kit.calls import SCREEN
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import public as records
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.shapes import Option

TITLES = {
    "name": _("First name"),
    "surname": _("Surname"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "company_title": _("Company"),
    "address": _("Address"),
    "comment": _("What do you need?"),
}
USUAL = (
    {"name": "name", "required": True},
    {"name": "phone", "required": True},
    {"name": "comment", "required": False},
)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the forms with their addresses."""
    _check(request)
    rows = list(WebForm.objects.all())
    persons = people.by_id(id for row in rows for id in row.queue)
    drawn = [
        (row, request.build_absolute_uri(address(row)), [persons[id] for id in row.queue if id in persons], _count(row))
        for row in rows
    ]
    return answers.draw(request, "leads/forms.html", {"forms": drawn})


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make a form."""
    _check(request)
    if request.method == "GET":
        return answers.draw(request, "leads/form.html", _shown(WebForm(fields=list(USUAL))))
    with opened(request.user.pk, door=SCREEN) as call:
        forms.add(call, **_typed(request))
    return answers.go(request, reverse("leads:forms"), toast=Toast(gettext("The form is there. Copy its address.")))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Change a form."""
    _check(request)
    form = queries.form_numbered(id)
    if request.method == "GET":
        return answers.draw(request, "leads/form.html", _shown(form))
    with opened(request.user.pk, door=SCREEN) as call:
        forms.change(call, form=form, **_typed(request))
    return answers.go(request, reverse("leads:forms"), toast=Toast(gettext("The form is changed")))


@require_POST
def close(request: HttpRequest, id: int) -> HttpResponse:
    """Close a form; the toast opens it again."""
    with opened(request.user.pk, door=SCREEN) as call:
        forms.close(call, form=queries.form_numbered(id))
    said = Toast(gettext("The form is closed"), undo=reverse("leads:form_opening", args=[id]))
    return answers.go(request, reverse("leads:forms"), toast=said)


@require_POST
def open_(request: HttpRequest, id: int) -> HttpResponse:
    """Open a form again."""
    with opened(request.user.pk, door=SCREEN) as call:
        forms.open_(call, form=queries.form_numbered(id))
    return answers.go(request, reverse("leads:forms"), toast=Toast(gettext("The form is open again")))


def address(form: WebForm) -> str:
    """Where anybody may fill it in."""
    return reverse("leads:public_form", args=[form.secret])


def _check(request: HttpRequest) -> None:
    if not people.may(request.user.pk, permission=FORMS):
        raise FORBIDDEN(permission=permissions[FORMS].title)


def _count(row: WebForm) -> int:
    return TakenIn.objects.filter(key__startswith=f"form:{row.pk}:").count()


def _typed(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    asked = [
        {"name": name, "required": given.get(f"ask.{name}") == "required"}
        for name in form_rules.LENGTHS
        if given.get(f"ask.{name}") in ("asked", "required")
    ]
    return {
        "title": given.get("title", ""),
        "fields": asked,
        "greeting": given.get("greeting", ""),
        "consent": given.get("consent", ""),
        "thanks": given.get("thanks", ""),
        "source": given.get("source", ""),
        "queue": [int(one) for one in given.getlist("queue") if one.isdecimal()],
    }


def _shown(form: WebForm) -> dict[str, Any]:
    asked = {one["name"]: "required" if one["required"] else "asked" for one in form.fields}
    sources: Any = records.current().field(of, "source")
    persons = people.by_id(form.queue)
    return {
        "form": form,
        "fields": [(name, str(TITLES[name]), asked.get(name, "")) for name in form_rules.LENGTHS],
        "ways": [("", gettext("Not asked")), ("asked", gettext("May be left out")), ("required", gettext("Needed"))],
        "sources": [(code, str(title)) for code, title in sources.options],
        "queue": [Option(str(id), str(persons[id]), face=persons[id]) for id in form.queue if id in persons],
    }
