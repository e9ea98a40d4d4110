"""Dictionaries, for administrators: their entries are added, renamed, put in order and taken away in place."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.permissions import permissions
from potok.records.dictionaries.declared import Dictionary, dictionaries, entries
from potok.records.operations import dictionaries as acts
from potok.records.operations.pipelines import SETTINGS
from potok.records.screens import rights
from potok.ui import answers
from potok.ui.answers import Toast


@require_GET
def first(request: HttpRequest) -> HttpResponse:
    """Go to the first dictionary."""
    return answers.go(request, reverse("records:dictionary", args=[next(iter(dictionaries))]))


@require_GET
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Draw the entries of a dictionary."""
    if not rights.may(request, SETTINGS):
        raise FORBIDDEN(permission=permissions[SETTINGS].title)
    chosen = _named(name)
    context = {"chosen": chosen, "dictionaries": list(dictionaries.all().values()), "entries": entries()[chosen.name]}
    return answers.draw(request, "records/dictionary.html", context)


@require_POST
def add(request: HttpRequest, name: str) -> HttpResponse:
    """Add an entry."""
    with opened(request.user.pk, door="screen") as call:
        acts.add(call, dictionary=_named(name).name, title=request.POST.get("title", ""))
    return _again(request, name, gettext("The entry is added"))


@require_POST
def rename(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Give an entry another name."""
    with opened(request.user.pk, door="screen") as call:
        acts.rename(call, dictionary=_named(name).name, code=code, title=request.POST.get("title", ""))
    return answers.done(request, Toast(gettext("The entry is changed")))


@require_POST
def remove(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Take an entry away."""
    with opened(request.user.pk, door="screen") as call:
        acts.remove(call, dictionary=_named(name).name, code=code)
    return _again(request, name, gettext("The entry is removed"))


@require_POST
def order(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Move an entry one step up or down."""
    codes = [one for one, _ in entries()[_named(name).name]]
    if code not in codes:
        raise MISSING(id=code)
    place = codes.index(code)
    to = place - 1 if request.POST.get("step") == "up" else place + 1
    codes.insert(max(to, 0), codes.pop(place))
    with opened(request.user.pk, door="screen") as call:
        acts.order(call, dictionary=name, codes=codes)
    return _again(request, name)


def _named(name: str) -> Dictionary:
    found = dictionaries.get(name)
    if found is None:
        raise MISSING(id=name)
    return found


def _again(request: HttpRequest, name: str, said: str = "") -> HttpResponse:
    return answers.go(request, reverse("records:dictionary", args=[name]), toast=Toast(said) if said else None)
