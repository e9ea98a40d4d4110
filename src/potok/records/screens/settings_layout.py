"""The layout of a type: which fields are columns of the list, in which order, and where each stands on the card."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from potok.kit.doors import opened
from potok.records import catalogue
from potok.records.operations import layouts
from potok.records.record_types import RecordType
from potok.records.screens.screen import screen
from potok.records.screens.settings import back, check
from potok.ui import answers

BLANK_GROUPS = 2
HEAD = ("title", "stage", "pipeline")


@dataclass(frozen=True)
class Line:
    """One field: its place among the columns, the number of its group on the card and its place in the group."""

    name: str
    title: str
    column: str
    group: str
    place: str


@require_http_methods(["GET", "POST"])
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the layout, or keep it; «as declared» forgets it."""
    check(request)
    if request.method == "GET":
        known = catalogue.whole()
        titles = [title for title, _fields in known.groups(of)]
        groups = [*titles, *[""] * BLANK_GROUPS]
        choices = [(str(n), title or _("New group %(n)s") % {"n": n + 1}) for n, title in enumerate(groups)]
        context = {"of": of, "lines": list(_lines(of)), "groups": list(enumerate(groups)), "choices": choices}
        return answers.draw(request, "records/settings_layout.html", context)
    with opened(request.user.pk, door="screen") as call:
        if "usual" in request.POST:
            layouts.lay_out(call, record_type=of.name)
        else:
            columns, card = _columns(request, of), _card(request, of)
            layouts.lay_out(call, record_type=of.name, columns=columns, card=card)
    return back(request, of, _("The layout is kept"))


def _lines(of: RecordType) -> Iterator[Line]:
    known = catalogue.whole()
    columns = list(known.columns(of))
    placed = {
        one.name: (group, place)
        for group, (_title, names) in enumerate(known.groups(of))
        for place, one in enumerate(names)
    }
    for field in known.of(of).values():
        column = str(columns.index(field.name) + 1) if field.name in columns else ""
        group, place = placed.get(field.name, ("", ""))
        number = "" if place == "" else str(int(place) + 1)
        yield Line(field.name, str(field.title), column, "-" if field.name in HEAD else str(group), number)


def _columns(request: HttpRequest, of: RecordType) -> list[str]:
    named = [name for name in catalogue.whole().of(of) if request.POST.get(f"column.{name}", "").strip().isdecimal()]
    return sorted(named, key=lambda name: int(request.POST[f"column.{name}"]))


def _card(request: HttpRequest, of: RecordType) -> list[dict[str, object]]:
    given = request.POST
    groups: list[dict[str, object]] = []
    for number, title in enumerate(given.getlist("title")):
        inside = [name for name in catalogue.whole().of(of) if given.get(f"group.{name}") == str(number)]
        inside.sort(key=lambda name: _number(given.get(f"place.{name}", "")))
        groups.append({"title": title or _("More"), "fields": inside})
    return groups


def _number(text: str) -> int:
    return int(text) if text.strip().isdecimal() else 10_000
