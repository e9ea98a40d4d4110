"""Records by what was typed: options of a picker, and lines of the palette. Only what the person sees is found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from potok.kit.keyboard import other_layout
from potok.people.public import folded
from potok.records import conditions, queries
from potok.records.models import Record
from potok.records.record_types import RecordType, record_types
from potok.records.screens.screen import screen
from potok.ui import slots
from potok.ui.shapes import Found, Option

MOST = 20
MOST_OF_A_TYPE = 6


@require_GET
@screen
def options(request: HttpRequest) -> HttpResponse:
    """Answer the options of a picker of records: `/records/find?type=crm.company&q=`."""
    of = queries.type_named(request.GET.get("type", ""))
    found = found_or_mistyped(of, request.GET.get("q", "").strip(), by=request.user.pk)
    return render(request, "records/find_options.html", {"options": found})


def found_or_mistyped(of: RecordType, text: str, *, by: int | None) -> list[Option]:
    """Options for a text, or for what its keys mean in the other layout."""
    rows = search(of, text, by=by, most=MOST) or (search(of, other_layout(text), by=by, most=MOST) if text else [])
    return [Option(str(row.pk), row.title, icon=of.icon) for row in rows]


def search(of: RecordType, text: str, *, by: int | None, most: int) -> list[Record]:
    """Records whose title has all the words; those that begin with the text come first, then the newest."""
    rows = queries.rows(of, by=by).select_related(None)
    found = list(conditions.search(rows, of, text).order_by("-pk")[: most * 5])
    return sorted(found, key=lambda row: not row.sort_key.startswith(folded(text)))[:most]


@require_GET
@screen
def palette(request: HttpRequest) -> HttpResponse:
    """Answer the palette: records of all types, then commands, then places to go to."""
    text = request.GET.get("q", "").strip()
    groups, asked = _groups(request, text), ""
    if text and not any(lines for _, lines in groups):
        asked = other_layout(text)
        groups = _groups(request, asked)
    return render(request, "records/find_palette.html", {"groups": groups, "asked": asked})


def _groups(request: HttpRequest, text: str) -> list[tuple[str, list[Found]]]:
    records = [line for of in record_types.all().values() for line in _records(request, of, text)]
    return [
        (gettext("Records"), records),
        (gettext("Commands"), _commands(request, text)),
        (gettext("Go to"), _places(request, text)),
    ]


def _records(request: HttpRequest, of: RecordType, text: str) -> list[Found]:
    return [
        Found(row.title, f"{reverse('records:list', args=[of.path])}{row.pk}/", of.icon, of.title, text, drawer=True)
        for row in search(of, text, by=request.user.pk, most=MOST_OF_A_TYPE)
    ]


def _commands(request: HttpRequest, text: str) -> list[Found]:
    return [
        Found(title, slots.address(entry.url), entry.icon, matched=text, drawer=entry.drawer)
        for entry in slots.menu(request, slots.create)
        if _fits(title := gettext("Create: %(what)s") % {"what": entry.title}, text)
    ]


def _places(request: HttpRequest, text: str) -> list[Found]:
    lines = [(entry.title, entry.url, entry.icon) for entry in slots.rail.all() if entry.visible(request)]
    lines += [(entry.title, entry.url, entry.icon) for entry in slots.menu(request, slots.me) if not entry.post]
    return [
        Found(str(title), slots.address(url), icon, matched=text)
        for title, url, icon in lines
        if _fits(str(title), text)
    ]


def _fits(title: str, text: str) -> bool:
    """Every word typed begins a word of the title."""
    words = folded(title).replace(":", " ").split()
    return all(any(word.startswith(part) for word in words) for part in folded(text).split())
