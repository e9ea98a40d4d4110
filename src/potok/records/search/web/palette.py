"""The palette: what is found, then commands, then places to go to; the last line leads to everything that is found."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from potok.engine.values import RecordRef
from potok.kit.keyboard import other_layout
from potok.people.public import folded
from potok.records.record_types import record_types
from potok.records.screens.screen import screen
from potok.records.search.finding import Answer, found
from potok.records.search.offers import offers
from potok.records.search.own import PERSON
from potok.records.search.web.lines import drawn
from potok.ui import slots
from potok.ui.shapes import Found

RECORDS_MAX, OTHERS_MAX = 8, 3


@require_GET
@screen
def show(request: HttpRequest) -> HttpResponse:
    """Answer the lines for what is typed, on the page `at`."""
    text = request.GET.get("q", "").strip()
    answer = found(text, by=request.user.pk, most=RECORDS_MAX)
    commands, places = [*_commands(request), *_offered(request)], list(_places(request))
    asked = answer.meant
    if not answer.hits and not _fitting([*commands, *places], text):
        asked = other_layout(text)
    marked = asked or text
    groups = [
        *_found(answer, marked),
        (gettext("Commands"), _fitting(commands, marked)),
        (gettext("Go to"), _fitting(places, marked)),
    ]
    shown = asked if any(lines for _, lines in groups) else ""
    return render(request, "search/palette.html", {"groups": [*groups, *_all(answer, text)], "asked": shown})


def _found(answer: Answer, marked: str) -> list[tuple[str, list[Found]]]:
    records = [hit for hit in answer.hits if hit.kind in record_types][:RECORDS_MAX]
    people = [hit for hit in answer.hits if hit.kind == PERSON][:OTHERS_MAX]
    others = [hit for hit in answer.hits if hit.kind not in record_types and hit.kind != PERSON][: 2 * OTHERS_MAX]
    return [
        (gettext("Records"), drawn(records, marked=marked)),
        (gettext("People"), drawn(people, marked=marked)),
        (gettext("Tasks, messages, files"), drawn(others, marked=marked)),
    ]


def _all(answer: Answer, text: str) -> list[tuple[str, list[Found]]]:
    if not answer.hits:
        return []
    title = gettext("Everything found for “%(text)s”") % {"text": text}
    return [("", [Found(title, f"{reverse('search:page')}?{urlencode({'q': text})}", "search")])]


def _commands(request: HttpRequest) -> Iterable[Found]:
    for entry in slots.menu(request, slots.create):
        title = gettext("Create: %(what)s") % {"what": entry.title}
        yield Found(title, slots.address(entry.url), entry.icon, drawer=entry.drawer)


def _offered(request: HttpRequest) -> Iterable[Found]:
    on = record_at(request.GET.get("at", ""))
    for offer in offers.all().values():
        yield from offer(request, on)


def _places(request: HttpRequest) -> Iterable[Found]:
    lines = [(entry.title, entry.url, entry.icon) for entry in slots.rail.all() if entry.visible(request)]
    lines += [(entry.title, entry.url, entry.icon) for entry in slots.menu(request, slots.me) if not entry.post]
    for title, url, icon in lines:
        yield Found(str(title), slots.address(url), icon)


def record_at(path: str) -> RecordRef | None:
    """The record whose card lies at a path: `/deals/7/`."""
    place, _, rest = path.strip("/").partition("/")
    of = record_types.at(place) if rest.isdecimal() and len(rest) < 19 else None
    return RecordRef(of.name, int(rest)) if of else None


def _fitting(lines: Sequence[Found], text: str) -> list[Found]:
    """Those of which every word typed begins a word of the title."""
    asked = folded(text).split()
    fitting = []
    for line in lines:
        words = folded(line.title).replace(":", " ").replace("«", " ").split()
        if all(any(word.startswith(part) for word in words) for part in asked):
            fitting.append(Found(line.title, line.url, line.icon, line.kind, text, line.drawer))
    return fitting
