"""Ready definitions on a page: what there is, what each needs, and taking one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.processes import library
from potok.processes.library import Ready
from potok.processes.operations import sharing
from potok.processes.web import definitions
from potok.records import public as records
from potok.ui import answers
from potok.ui.answers import Toast


@dataclass(frozen=True)
class Offered:
    """A ready definition as the page tells of it."""

    ready: Ready
    records: str
    icon: str

    @property
    def help(self) -> str:
        return str(self.ready.plain.get("help", ""))


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Draw the shelves."""
    definitions.need_edit(request)
    shelved: dict[str, list[Offered]] = {}
    for one in library.ready(_language(request)):
        shelved.setdefault(_(one.shelf.title), []).append(_offered(one))
    context = {"shelves": shelved.items(), **_languages(request)}
    return answers.draw(request, "processes/library.html", context)


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Ask how the copy is to be called, and make it."""
    definitions.need_edit(request)
    language = request.POST.get("language") or _language(request)
    found = library.find(code, language=language)
    if found is None:
        raise MISSING(id=code)
    if request.method == "GET":
        cases = [str(case["title"].get(found.language, "")) for case in found.cases]
        context = {"offered": _offered(found), "cases": cases}
        return answers.draw(request, "processes/library_take.html", context)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        made = sharing.take_ready(call, ready=code, language=language, title=request.POST.get("title", ""))
    said = (
        _("“%(title)s” is yours now. Say who has which role, then publish it.")
        if found.vacant
        else _("“%(title)s” is yours now, not published yet")
    )
    return answers.go(request, reverse("processes:drawing", args=[made.pk]), toast=Toast(said % {"title": made.title}))


def _offered(one: Ready) -> Offered:
    declared = records.record_types.get(str(one.plain.get("record", "")))
    return Offered(one, str(declared.titles[1]) if declared else "", declared.icon if declared else "")


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in library.languages() else get_language() or library.DEFAULT


def _languages(request: HttpRequest) -> dict[str, Any]:
    named = {"ru": _("In Russian"), "en": _("In English")}
    chosen = _language(request)
    return {
        "language": chosen,
        "views": [
            (named.get(one, one), f"{request.path}?language={one}", one == chosen) for one in library.languages()
        ],
    }
