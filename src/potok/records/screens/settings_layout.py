"""The layout of a type: which fields are columns of the list, in which order, and where each stands on the card."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from potok.kit.doors import opened
from potok.records import catalogue
from potok.records.fields import Field
from potok.records.operations import layouts
from potok.records.record_types import RecordType
from potok.records.screens.screen import screen
from potok.records.screens.settings import back, check
from potok.ui import answers

BLANK_GROUPS = 2
HEAD = ("title", "stage", "pipeline")
GROUP, OFF = "[group]", "[off]"


@dataclass(frozen=True)
class Group:
    """A part of the card: its title and its fields in order. Without a place it is what does not stand on the card."""

    place: int
    title: str
    fields: Sequence[Field]


@require_http_methods(["GET", "POST"])
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the layout, or keep it; «as declared» forgets it."""
    check(request)
    if request.method == "GET":
        context = {"of": of, "columns": _offered(of), "groups": _groups(of), "left": _left(of)}
        return answers.draw(request, "records/settings_layout.html", context)
    with opened(request.user.pk, door="screen") as call:
        if "usual" in request.POST:
            layouts.lay_out(call, record_type=of.name)
        else:
            columns = request.POST.getlist("columns")
            layouts.lay_out(call, record_type=of.name, columns=columns, card=_card(request))
    return back(request, of, _("The layout is kept"))


def _offered(of: RecordType) -> list[tuple[Field, bool]]:
    """All fields, the columns of the list first and in their order, each with whether it is one."""
    known = catalogue.whole()
    fields = known.of(of)
    chosen = [fields[name] for name in known.columns(of) if name in fields]
    return [*((one, True) for one in chosen), *((one, False) for one in fields.values() if one not in chosen)]


def _groups(of: RecordType) -> list[Group]:
    """The parts of the card as they are, and some to be filled."""
    there = [(title, [one for one in fields if one.name not in HEAD]) for title, fields in catalogue.whole().groups(of)]
    blank: list[tuple[str, list[Field]]] = [("", []) for _place in range(BLANK_GROUPS)]
    return [Group(place, str(title), fields) for place, (title, fields) in enumerate([*there, *blank], 1)]


def _left(of: RecordType) -> list[Field]:
    """The fields that do not stand on the card; what stands in its head needs no place."""
    placed = {one.name for group in _groups(of) for one in group.fields}
    return [one for name, one in catalogue.whole().of(of).items() if name not in placed and name not in HEAD]


def _card(request: HttpRequest) -> list[dict[str, object]]:
    """The groups in the order in which the form has them: a mark opens each, its fields follow."""
    titles = iter(request.POST.getlist("title"))
    groups: list[dict[str, object]] = []
    inside: list[str] = []
    for part in request.POST.getlist("part"):
        if part in (GROUP, OFF):
            inside = []
            if part == GROUP:
                groups.append({"title": next(titles, "") or _("More"), "fields": inside})
        else:
            inside.append(part)
    return groups
