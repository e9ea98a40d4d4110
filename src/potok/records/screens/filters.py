"""The filter editor as it talks to the server: a row for a field, options for its value, the filter that was made."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from potok.kit import ids
from potok.kit.keyboard import other_layout
from potok.people import public as people
from potok.records import noted, queries, tagging
from potok.records.fields import Field, Tags
from potok.records.record_types import RecordType
from potok.records.screens import asked, editors, filter_rows, find, names, phrases
from potok.records.screens.asked import ME
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.shapes import Option

MOST = 20
NOBODY = names.of_values((), by=None)


@require_GET
@screen
def apply(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Go to the list or board with the filter that the rows make."""
    given = request.GET.get("layout", asked.LIST)
    layout = given if given in asked.LAYOUTS else asked.LIST
    shown = asked.read(request, of, layout=layout, more=("pipeline", "open", "day"))
    terms = [*phrases.terms(filter_rows.read(of, request.GET)), *filter_rows.kept(shown.now.filter)]
    return answers.go(request, shown.url(filter={"all": terms} if terms else {}))


@require_GET
@screen
def row(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw a row anew when its field or its test has changed; what was given stays where it still fits."""
    given = request.GET
    field = noted.field(of, given.get("field", ""))
    key = given.get("row") or ids.new_key()[-8:]
    term = {"field": field.name, "operator": given.get("test", ""), "value": _given(given, key)}
    names = phrases.names_in(of, term, by=request.user.pk)
    drawn = filter_rows.row(of, term, names, key=key)
    return render(request, "records/filter_row.html", {"fields": filter_rows.offered(of), "row": drawn})


def _given(given: QueryDict, key: str) -> list[str]:
    return [one for name in (f"value.{key}", f"until.{key}") for one in given.getlist(name) if one]


@require_GET
@screen
def options(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Answer the options of a picker for the value of a field."""
    field = noted.field(of, request.GET.get("field", ""))
    found = _options(of, field, request.GET.get("q", "").strip(), by=request.user.pk)
    return render(request, "records/find_options.html", {"options": found})


def _options(of: RecordType, field: Field, text: str, *, by: int | None) -> list[Option]:
    if field.widget == "person":
        return _people(text)
    if field.widget == "link":
        return find.found_or_mistyped(queries.type_named(getattr(field, "to", "")), text, by=by)
    if isinstance(field, Tags):
        return [Option(tag, tag) for tag in tagging.offered(of, field, text, by=by)]
    choices: Any = getattr(field, "options", ())
    wanted = {text.casefold(), other_layout(text).casefold()}
    return [
        editors.option(of, field, key, NOBODY)
        for key, title in choices
        if any(one in str(title).casefold() for one in wanted)
    ]


def _people(text: str) -> list[Option]:
    """Whoever looks comes first: «I» stays right for everybody who opens the view."""
    mine = [Option(ME, gettext("I"), icon="user-round")] if gettext("I").casefold().startswith(text.casefold()) else []
    persons = list(people.found(text)[:MOST]) or list(people.found(other_layout(text))[:MOST])
    return [*mine, *(Option(str(one.pk), str(one), note=one.position, face=one) for one in persons)]
