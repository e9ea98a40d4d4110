"""The feed of a card: what was said and what happened, the newest first; saying something."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.disk import public as disk
from potok.disk.public import files
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.records import attachments
from potok.records.models import Comment, History
from potok.records.operations import comments
from potok.records.record_types import RecordType
from potok.records.screens import facts, happened
from potok.records.screens.facts import Card
from potok.records.screens.happened import Change
from potok.records.screens.screen import screen
from potok.ui import answers, slots

LINES_MAX = 40
CALLED = re.compile(r"@([\w.-]+(?: [\w.-]+)?)")


@dataclass(frozen=True)
class Line:
    """One point of the feed: something said (`text`, `files`), or something that happened (`lead`, `object`)."""

    at: datetime
    by: Any = None
    icon: str = ""
    lead: str = ""
    object: str = ""
    note: str = ""
    why: str = ""
    text: str = ""
    files: Sequence[Any] = ()
    changes: Sequence[Change] = ()
    pinned: bool = False
    pin_url: str = ""


def draw(request: HttpRequest, row: Any) -> str:
    """Draw the tab: what runs, the place to write, the feed."""
    card = facts.of_row(request, row)
    above = [one.draw(request, row) for one in slots.card_tops.all() if not one.types or row.record_type in one.types]
    return render_to_string("records/feed.html", {"above": above, **_compose(card), **_lines(request, card)}, request)


@require_GET
@screen
def show(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Draw the points of the feed, those before a moment if one is given."""
    card = facts.load(request, of, id)
    asked = request.GET.get("before", "")
    before = parse_datetime(asked) if asked else None
    return answers.draw(request, "records/feed_lines.html", _lines(request, card, before=before))


@require_POST
@screen
def comment(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Say something about a record; whoever is called by @ or chosen is told."""
    card = facts.load(request, of, id)
    text = request.POST.get("text", "")
    with opened(request.user.pk, door="screen") as call:
        brought = _files(call, request, card)
        comments.add(call, record=card.row, text=text, files=brought, mentioned=_mentioned(request, text))
    if not answers.by_script(request):
        return answers.go(request, card.url("card"))
    return answers.draw(request, "records/feed_said.html", {**_compose(card), **_lines(request, card), "again": True})


@require_POST
@screen
def pin(request: HttpRequest, of: RecordType, id: int, comment: int) -> HttpResponse:
    """Let a comment stand above the feed, or no more when it does already."""
    card = facts.load(request, of, id)
    said = Comment.objects.filter(pk=comment, record_type=of.name, record_id=id).first()
    if said is None:
        raise MISSING(id=comment)
    with opened(request.user.pk, door="screen") as call:
        comments.pin(call, comment=said, on=not said.pinned)
    if not answers.by_script(request):
        return answers.go(request, card.url("card"))
    return answers.draw(request, "records/feed_lines.html", _lines(request, card))


def _compose(card: Card) -> dict[str, Any]:
    return {"card": card, "row": card.row, "comment_url": card.url("comments")}


def _lines(request: HttpRequest, card: Card, *, before: datetime | None = None) -> dict[str, Any]:
    said = _said(card, before)
    lines = sorted(
        [*said, *_happened(request, card, before)], key=lambda line: (line.at, bool(line.text)), reverse=True
    )
    more = len(lines) > LINES_MAX
    shown = lines[:LINES_MAX]
    return {
        "card": card,
        "lines": shown,
        "pinned": [] if before else [line for line in said if line.pinned],
        "live": f"{card.of.name}:{card.row.pk}",
        "feed_url": card.url("feed"),
        "before": before,
        "more_before": shown[-1].at.isoformat() if more else "",
    }


def _said(card: Card, before: datetime | None) -> list[Line]:
    """What was said last, and before that, in the same question, what is pinned."""
    found = Comment.objects.filter(record_type=card.of.name, record_id=card.row.pk).select_related("author")
    latest = found.filter(at__lt=before) if before else found.order_by("-pinned", "-id")
    # Room for the pinned ones, so that none of the last is missing between them.
    rows = list(latest[: 2 * LINES_MAX + 1])
    wanted = [id for row in rows for id in row.files]
    known = disk.by_id(wanted, by=None) if wanted else {}
    return [
        Line(
            row.at,
            by=row.author,
            icon="message-square",
            text=row.text,
            files=[known[id] for id in row.files if id in known],
            pinned=row.pinned,
            pin_url=card.url("comment_pin", row.pk) if card.may_edit else "",
        )
        for row in rows
    ]


def _happened(request: HttpRequest, card: Card, before: datetime | None) -> list[Line]:
    found = History.objects.filter(record_type=card.of.name, record_id=card.row.pk).select_related("by")
    rows = list((found.filter(at__lt=before) if before else found)[: LINES_MAX + 1])
    known = happened.known_to(request, rows)
    return [_told(row, happened.changes(card.of, row, known)) for row in rows]


def _told(row: History, changed: Sequence[Change]) -> Line:
    """Say a change: as a whole, by its only field, or by the list of its fields."""
    why = next((name(row.cause) for name in why_addresses), "") if row.cause.get("instance") else ""
    source = happened.through(row) or (str(row.by) if row.by else "")
    line = Line(row.at, by=row.by if happened.by_hand(row) else None, icon=happened.icon(row), note=source, why=why)
    if whole := happened.whole(row):
        return replace(line, lead=whole)
    if len(changed) != 1:
        return replace(line, lead=gettext("Changed:"), object=happened.listed(changed), changes=changed)
    one = changed[0]
    was = gettext("was: %(was)s") % {"was": one.was} if one.was else ""
    return replace(line, lead=f"{one.title}:", object=one.became or gettext("empty"), note=_joined(was, source))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _files(call: Call, request: HttpRequest, card: Card) -> list[int]:
    """Whoever may speak may add a file to what he says, though he may not change the record."""
    brought = [one for one in request.FILES.getlist("files") if isinstance(one, UploadedFile)]
    place = attachments.place(card.row)
    return [files.add(call.by_system(), name=one.name or "", content=one.file, on=place).pk for one in brought]  # type: ignore[arg-type]


def _mentioned(request: HttpRequest, text: str) -> list[int]:
    """Those who were chosen, and those whose name stands behind an @ and belongs to one person only."""
    chosen = {int(id) for id in request.POST.getlist("mentioned") if id.isdecimal()}
    for called in CALLED.findall(text):
        for name in (called, called.partition(" ")[0]):
            found = list(people.found(name)[:2])
            if len(found) == 1:
                chosen.add(found[0].pk)
                break
    return sorted(chosen)


why_addresses: list[Any] = []
"""How parts above name the page that says why an instance changed a record: `(cause) -> address`."""
