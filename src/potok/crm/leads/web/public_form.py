"""A public form, `/f/<secret>`: anybody may fill it in, as a page or as JSON; nobody reads anything here.

There is no session, so there is no cross-site form to fear. What keeps machines away: a field that people do not see,
a limit on how often one address sends, a limit on how much.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from potok.crm.leads import form_rules, queries
from potok.crm.leads.models import WebForm
from potok.crm.leads.operations import forms
from potok.crm.leads.web.forms import TITLES
from potok.kit import ids
from potok.kit.doors import opened
from potok.kit.errors import Refusals, Refused
from potok.people.public import Bucket

DOOR = "form"
TRAP = "homepage"
BODY_MAX_BYTES = 64 * 1024
KEY_LENGTH_MAX = 80
JSON = "application/json"
# One address may send a handful at once; a whole office behind one address still gets through.
OFTEN = Bucket("web_form", size=10, seconds=20)
INPUTS = {"phone": "tel", "email": "email"}
FILLED_BY = {
    "name": "given-name", "surname": "family-name", "phone": "tel", "email": "email", "company_title": "organization",
    "address": "street-address",
}  # fmt: skip


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Draw the form, or take in what was sent."""
    form = _form(secret)
    if form is None:
        return _closed(request)
    if request.method == "GET":
        return _draw(request, form, {})
    status, sent = _sent(request)
    if status:
        return _answer(request, form, sent, {"": _too(status)}, status=status)
    if not OFTEN.take(f"{form.pk}:{request.META.get('REMOTE_ADDR', '')}"):
        return _answer(request, form, sent, {"": _too(429)}, status=429)
    if sent.get(TRAP):
        return _thanked(request, form)  # Whoever fills in what nobody sees is told that all is well.
    try:
        with opened(None, door=DOOR) as call:
            key = str(sent.get("key") or call.key)[:KEY_LENGTH_MAX]
            forms.take(call, form=form, answers=sent, agreed=bool(sent.get("consent")), key=key)
    except Refused as refused:
        return _answer(request, form, sent, _places(refused), status=422)
    return _thanked(request, form)


@login_not_required
@require_GET
def thanks(request: HttpRequest, secret: str) -> HttpResponse:
    """Thank whoever sent the form."""
    form = _form(secret)
    return render(request, "leads/public_thanks.html", {"form": form}) if form else _closed(request)


def _form(secret: str) -> WebForm | None:
    try:
        return queries.form(secret)
    except Refused:
        return None


def _closed(request: HttpRequest) -> HttpResponse:
    if request.content_type == JSON:
        return JsonResponse({"error": "closed"}, status=404)
    return render(request, "leads/public_closed.html", status=404)


def _sent(request: HttpRequest) -> tuple[int, Mapping[str, Any]]:
    """What was sent, or the status that says why it is not looked at."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > BODY_MAX_BYTES:
        return 413, {}
    if request.content_type != JSON:
        return 0, request.POST.dict()
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return 400, {}
    if not isinstance(given, dict):
        return 400, {}
    return 0, {str(name): value if isinstance(value, str | bool) else str(value) for name, value in given.items()}


def _too(status: int) -> str:
    return {
        400: gettext("This cannot be read."),
        413: gettext("This is too much. Shorten it and send it again."),
        429: gettext("Too much came at once. Wait a minute and send it again."),
    }[status]


def _places(refused: Refused) -> dict[str, str]:
    each = list(refused) if isinstance(refused, Refusals) else [refused]
    return {one.place: one.sentence() for one in each}


def _answer(
    request: HttpRequest, form: WebForm, sent: Mapping[str, Any], errors: Mapping[str, str], *, status: int
) -> HttpResponse:
    if request.content_type == JSON:
        return JsonResponse({"ok": False, "errors": errors}, status=status, json_dumps_params={"ensure_ascii": False})
    return _draw(request, form, sent, errors=errors, status=status)


def _thanked(request: HttpRequest, form: WebForm) -> HttpResponse:
    if request.content_type == JSON:
        return JsonResponse({"ok": True})
    if form_rules.is_address(form.thanks):
        return HttpResponseRedirect(form.thanks, status=303)
    return HttpResponseRedirect(reverse("leads:public_thanks", args=[form.secret]), status=303)


def _draw(
    request: HttpRequest,
    form: WebForm,
    sent: Mapping[str, Any],
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    told = errors or {}
    fields = [
        {
            "name": one["name"],
            "title": str(TITLES[one["name"]]),
            "required": one["required"],
            "type": INPUTS.get(one["name"], "text"),
            "rows": "4" if one["name"] == "comment" else "",
            "filled_by": FILLED_BY.get(one["name"], "off"),
            "limit": form_rules.LENGTHS[one["name"]],
            "value": str(sent.get(one["name"]) or ""),
            "error": told.get(one["name"], ""),
        }
        for one in form.fields
    ]
    context = {
        "form": form,
        "fields": fields,
        "trap": TRAP,
        "key": str(sent.get("key") or ids.new_key())[:KEY_LENGTH_MAX],
        "agreed": bool(sent.get("consent")),
        "consent_error": told.get("consent", ""),
        "others": [said for place, said in told.items() if place not in {"consent", *(f["name"] for f in fields)}],
    }
    return render(request, "leads/public_form.html", context, status=status)
