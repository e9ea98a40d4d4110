"""Editing of one field where it stands on the card: its control, the change, the clash of two changes."""

import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from potok.disk.public import files
from potok.engine.values import Value
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.keyboard import other_layout
from potok.records import catalogue, rules, tagging, writing
from potok.records.fields import Field, Tags
from potok.records.keeping import Clash
from potok.records.models import History
from potok.records.record_types import RecordType
from potok.records.screens import facts, fields, names, wording
from potok.records.screens.facts import Card
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.shapes import ClashField, Option


@require_http_methods(["GET", "POST"])
@screen
def field(request: HttpRequest, of: RecordType, id: int, name: str) -> HttpResponse:
    """Give the control of a field, or keep what was typed in it and answer the value."""
    card = facts.load(request, of, id)
    edited = catalogue.current().field(of, name)
    if request.method == "GET":
        return HttpResponse(_control(card, edited))
    if edited.widget == "file":
        return _attach(request, card, edited)
    try:
        keep(request, card, edited)
    except Clash as clash:
        return clashed(request, card, edited, clash)
    return _answer(request, facts.load(request, of, id), edited)


@require_GET
@screen
def options(request: HttpRequest, of: RecordType, name: str) -> HttpResponse:
    """Answer the options of a choice of many, or tags that begin with what was typed, to a picker."""
    field, given = catalogue.current().field(of, name), request.GET.get("q", "").strip()
    if isinstance(field, Tags):
        tags = tagging.offered(of, field, given, by=request.user.pk)
        return render(request, "records/fields/options.html", {"options": [Option(tag, tag) for tag in tags]})
    offered: Any = getattr(field, "options", ())
    wanted = {given.casefold(), other_layout(given.casefold())}
    found = [Option(str(key), str(title)) for key, title in offered if any(q in str(title).casefold() for q in wanted)]
    return render(request, "records/fields/options.html", {"options": found})


def _control(card: Card, edited: Field) -> str:
    value = edited.of(card.row)
    drawn = fields.control(card.of, edited, value, names.of_values([value], by=card.reader), label=False)
    return drawn + render_seen(edited, value)


def render_seen(edited: Field, value: Value) -> SafeString:
    """What the editor saw goes back with the change, so that a change by somebody else in between is noticed."""
    from django.utils.html import format_html

    return format_html('<input type="hidden" name="seen" value="{}">', json.dumps(fields.held(edited, value)))


def keep(request: HttpRequest, card: Card, edited: Field) -> None:
    """Change the field to what was sent; after a clash, to what was chosen."""
    chosen = request.POST.get(f"clash-{edited.name}")
    if chosen == "theirs":
        return
    given = json.loads(request.POST["mine"]) if chosen else fields.posted(edited, request.POST)
    seen = {edited.name: json.loads(request.POST["seen"])} if "seen" in request.POST else None
    with opened(request.user.pk, door="screen") as call:
        writing.verbs[card.of.name].change(call, record=card.row, values={edited.name: given}, seen=seen)


def clashed(request: HttpRequest, card: Card, edited: Field, clash: Clash) -> HttpResponse:
    """Show mine, theirs and what was; the choice comes back to the same address."""
    ((_, mine, theirs, was),) = clash.sides
    known = names.of_values([mine, theirs, was], by=request.user.pk)
    shown = [wording.text(edited, one, known) or gettext("empty") for one in (mine, theirs, was)]
    last = History.objects.filter(record_type=card.of.name, record_id=card.row.pk).select_related("by").first()
    context = {
        "url": card.url("field", edited.name),
        "clashing": [ClashField(edited.name, str(edited.title), *shown)],
        "who": str(last.by) if last and last.by else gettext("the system"),
        "mine": json.dumps(fields.held(edited, mine)),
        "seen": json.dumps(fields.held(edited, theirs)),
    }
    return answers.clash(request, "records/card_clash.html", context)


def _answer(request: HttpRequest, card: Card, edited: Field) -> HttpResponse:
    """The value as it is now: instead of its editor, or of what stands on the page when a clash was settled."""
    value = edited.of(card.row)
    shown = facts.fact(card, edited, value, names.of_values([value], by=card.reader))
    context = {"fact": shown, "row": card.row, "again": f"clash-{edited.name}" in request.POST, "edited": edited}
    return answers.draw(request, "records/card_fact.html", context)


def _attach(request: HttpRequest, card: Card, edited: Field) -> HttpResponse:
    """Attach the files that came, detach the one that is to go."""
    kept = [one.id for one in fields.items(edited.of(card.row)) if str(one.id) != request.GET.get("drop")]
    with opened(request.user.pk, door="screen") as call:
        added = [] if "drop" in request.GET else loaded(call, request, edited)
        given = [*kept, *added] if edited.multiple else [*kept, *added][-1:]
        writing.verbs[card.of.name].change(call, record=card.row, values={edited.name: given})
    again = facts.load(request, card.of, card.row.pk)
    value = edited.of(again.row)
    return HttpResponse(facts.file_fact(again, edited, value, names.of_values([value], by=again.reader)))


def loaded(call: Call, request: HttpRequest, edited: Field) -> list[int]:
    """Keep the files that a form brought for a field; they hang on the record as soon as it holds them."""
    brought = [one for one in request.FILES.getlist(edited.name) if isinstance(one, UploadedFile)]
    if len(brought) > fields_max(edited):
        raise rules.UNREADABLE(place=edited.name, field=edited.title, reason=gettext("one file is enough here"))
    return [files.add(call, name=one.name or "", content=one.file).pk for one in brought]  # type: ignore[arg-type]


def fields_max(edited: Field) -> int:
    """How many items a field takes."""
    return 500 if edited.multiple else 1
