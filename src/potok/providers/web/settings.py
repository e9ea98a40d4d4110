"""The page «Ways in» for administrators: which providers there are, how each is set, whether it works."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.people.public import Role
from potok.providers import checking, operations, queries, trials
from potok.providers.kinds import Kind, kinds
from potok.providers.models import Identity, Provider
from potok.providers.web.entering import ours
from potok.ui import answers
from potok.ui.answers import Toast

ADDRESS = "/providers/"
SHOWN_MAX = 200


@require_http_methods(["GET"])
def show(request: HttpRequest) -> HttpResponse:
    """Draw the list."""
    _check(request)
    found = Provider.objects.order_by("title", "pk")
    lines = [(one, kinds[one.kind].title, one.identities.count()) for one in found]
    return answers.draw(request, "providers/list.html", {"lines": lines, "kinds": list(kinds.all().values())})


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Draw an empty form, or keep what was typed into it."""
    _check(request)
    asked = checking.kind(kind)
    if request.method == "GET":
        return answers.draw(request, "providers/new.html", _form(asked, asked.defaults()))
    given = request.POST
    with opened(request.user.pk, door="screen") as call:
        provider = operations.add(
            call,
            kind=kind,
            title=given.get("title", ""),
            settings=_settings(asked, given),
            secret=given.get("secret", ""),
        )
    toast = Toast(_("The provider is kept. Try it, then switch it on"))
    return answers.go(request, f"{ADDRESS}{provider.pk}", toast=toast)


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Draw how a provider is set, or set it otherwise."""
    _check(request)
    provider = queries.provider(id)
    asked = kinds[provider.kind]
    if request.method == "GET":
        return _draw(request, provider)
    given = request.POST
    with opened(request.user.pk, door="screen") as call:
        operations.change(
            call,
            provider=provider,
            title=given.get("title", ""),
            settings=_settings(asked, given),
            secret=given.get("secret", ""),
            domains=given.get("domains", ""),
            adds_people="adds_people" in given,
            role=_role(given.get("role", "")),
            is_enough="is_enough" in given,
        )
    return answers.go(request, f"{ADDRESS}{id}", toast=Toast(_("Settings are kept")))


@require_POST
def switch(request: HttpRequest, id: int) -> HttpResponse:
    """Let people come in through a provider, or no longer."""
    is_on = request.POST.get("is_on") == "1"
    with opened(request.user.pk, door="screen") as call:
        operations.switch(call, provider=queries.provider(id), is_on=is_on)
    said = _("People come in through it now") if is_on else _("Nobody comes in through it now")
    return answers.go(request, f"{ADDRESS}{id}", toast=Toast(said))


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Forget a provider."""
    with opened(request.user.pk, door="screen") as call:
        operations.remove(call, provider=queries.provider(id))
    return answers.go(request, ADDRESS, toast=Toast(_("The provider is removed")))


@require_POST
def attempt(request: HttpRequest, id: int) -> HttpResponse:
    """Try a provider and say in words what works."""
    _check(request)
    provider, login = queries.provider(id), request.POST.get("login", "").strip()
    return _draw(request, provider, steps=trials.tried(provider, login=login), login=login)


@require_POST
def unlink(request: HttpRequest, id: int, identity: int) -> HttpResponse:
    """Forget as whom a provider knows a person."""
    found = Identity.objects.filter(pk=identity, provider=id).first()
    if found is None:
        raise MISSING(id=identity)
    with opened(request.user.pk, door="screen") as call:
        operations.unlink(call, identity=found)
    return answers.go(request, f"{ADDRESS}{id}", toast=Toast(_("It is forgotten")))


def _draw(request: HttpRequest, provider: Provider, **more: Any) -> HttpResponse:
    asked = kinds[provider.kind]
    known = Identity.objects.filter(provider=provider).select_related("person").order_by("-used_at")
    shown = {
        **_form(asked, {**asked.defaults(), **provider.settings}),
        "provider": provider,
        "ours": ours(provider),
        "domains": "\n".join(provider.domains),
        "roles": [(one.pk, one.name) for one in Role.objects.order_by("name")],
        "identities": known[:SHOWN_MAX],
        "known": known.count(),
    }
    return answers.draw(request, "providers/provider.html", {**shown, **more})


def _form(asked: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": asked,
        "fields": [(one, values.get(one.name, one.default)) for one in asked.fields],
        "further": [(one, values.get(one.name, one.default)) for one in asked.further],
        "roles_of_groups": values.get("roles", ""),
    }


def _settings(asked: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    typed = {one.name: one.name in given if one.shape == "check" else given.get(one.name, "") for one in asked.all()}
    return {**typed, "roles": given.get("roles", "")}


def _role(text: str) -> Role | None:
    return people.role(int(text)) if text.isdecimal() else None


def _check(request: HttpRequest) -> None:
    with opened(request.user.pk, door="screen") as call:
        people.check_administrator(call)
