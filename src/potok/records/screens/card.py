"""The card of a record: page and drawer, and its parts alone, which fetch themselves when the record changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.records import writing
from potok.records.record_types import RecordType
from potok.records.screens import facts, rights, stage_bar
from potok.records.screens.facts import Card
from potok.records.screens.screen import screen
from potok.ui import answers, slots
from potok.ui.answers import Toast

PARTS = ("head", "facts", "main")


@require_GET
@screen
def show(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Draw the card, or one part of it."""
    card = facts.load(request, of, id)
    part = request.GET.get("part", "")
    if part in PARTS:
        return answers.draw(request, f"records/card_{part}.html", _context(request, card, part))
    drawn = {"card": card, "of": of, "row": card.row}
    for name in PARTS:
        drawn |= _context(request, card, name)
    return answers.draw(request, "records/card.html", drawn)


@require_POST
@screen
def move(request: HttpRequest, of: RecordType, id: int, code: str) -> HttpResponse:
    """Move a record to a stage; the toast takes it back."""
    card = facts.load(request, of, id)
    before = card.row.stage
    with opened(request.user.pk, door="screen") as call:
        row: Any = writing.verbs[of.name].move(call, record=card.row, stage=code)
    said = gettext("Stage: %(stage)s") % {"stage": row.stage.title}
    undo = card.url("move", before.code) if before and before.pk != row.stage_id else ""
    return answers.say(request, head_again(request, facts.load(request, of, id)), Toast(said, undo=undo))


def head_again(request: HttpRequest, card: Card) -> HttpResponse:
    """The head as it is now: htmx puts it where the old one stands."""
    return answers.draw(request, "records/card_head.html", {**_head(request, card), "again": True})


def _context(request: HttpRequest, card: Card, part: str) -> dict[str, Any]:
    draw = {"head": _head, "facts": _facts, "main": _main}[part]
    return draw(request, card)


def _head(request: HttpRequest, card: Card) -> dict[str, Any]:
    return {
        "card": card,
        "row": card.row,
        "of": card.of,
        "live": f"{card.of.name}:{card.row.pk}",
        "part_url": f"{card.url('card')}?part=",
        "title_url": card.url("field", "title") if card.may_edit and card.of.titled is None else "",
        "sum": facts.sum_of(card.of, card.row),
        "stages": stage_bar.stages(card) if card.of.pipeline else [],
        "lost": [(one.title, card.url("move", one.code)) for one in stage_bar.lost(card)] if card.may_edit else [],
        "ways": facts.ways(request, card),
        "tools": _drawn(request, card, slots.card_tools),
        "copy_url": request.build_absolute_uri(card.url("card")),
        "may_remove": card.row.removed_at is None and rights.may(request, card.of.may("remove")),
        "may_restore": card.row.removed_at is not None and rights.may(request, card.of.may("remove")),
        "access_url": card.url("access"),
        "remove_url": card.url("removal"),
        "restore_url": card.url("restoration"),
    }


def _facts(request: HttpRequest, card: Card) -> dict[str, Any]:
    return {
        "card": card,
        "row": card.row,
        "live": f"{card.of.name}:{card.row.pk}",
        "part_url": f"{card.url('card')}?part=",
        "groups": facts.groups(request, card),
        "linked": facts.linked(card, request),
    }


def _main(request: HttpRequest, card: Card) -> dict[str, Any]:
    """Tabs, and the body of the chosen one."""
    tabs = slots.tabs_for(request, card.of.name, card.row)
    asked = request.GET.get("tab", "")
    current = next((tab for tab in tabs if tab.name == asked), tabs[0])
    return {
        "card": card,
        "tabs": [(tab, (tab.count(request, card.row) if tab.count else None) or "") for tab in tabs],
        "current": current.name,
        "body": current.draw(request, card.row),
        "card_url": card.url("card"),
        "part_url": f"{card.url('card')}?part=",
    }


def _drawn(request: HttpRequest, card: Card, slot: "slots.Slot[slots.CardTab]") -> list[str]:
    """What parts above have put into a place of the card."""
    found = [one for one in slot.all() if not one.types or card.of.name in one.types]
    return [one.draw(request, card.row) for one in found if one.visible(request, card.row)]
