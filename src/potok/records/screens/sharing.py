"""Who may do what with one record: with whom it is shared, and why a person may or may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from potok.kit.doors import opened
from potok.people import public as people
from potok.records import access, explaining
from potok.records.models import Limit, Share
from potok.records.operations import sharing
from potok.records.record_types import RecordType
from potok.records.screens import facts
from potok.records.screens.facts import Card
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.shapes import Option

QUESTIONS = {"see": gettext_lazy("See"), "edit": gettext_lazy("Change"), "remove": gettext_lazy("Remove")}
LEVELS = {Limit.HIDDEN: gettext_lazy("hidden"), Limit.READ_ONLY: gettext_lazy("to be read only")}


@dataclass(frozen=True)
class Holder:
    """One with whom the record is shared."""

    share: Share
    title: str
    icon: str
    person: Any = None


@require_GET
@screen
def show(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Draw with whom a record is shared and, for a person who was chosen, why he may do what."""
    card = facts.load(request, of, id)
    asked = request.GET.get("person", "")
    person = people.person(int(asked)) if asked.isdecimal() else None
    may_share = _may_share(card)
    context = {
        "card": card,
        "row": card.row,
        "of": of,
        "holders": _holders(of, id),
        "may_share": may_share,
        "departments": [(f"group_dr{one.pk}", one.name) for one in people.Department.objects.order_by("path")],
        "groups": [(f"group_g{one.pk}", one.name) for one in people.Group.objects.order_by("name")],
        "person": person,
        "eyes_url": reverse("people:see_as", args=[person.pk]) if person and _may_borrow(request) else "",
        "chosen": [Option(str(person.pk), str(person), face=person)] if person else [],
        # How far roles of others reach is told to those who could see it anyway.
        "explained": _explained(person, card) if person and (may_share or person.pk == request.user.pk) else [],
        "left_out": [(title, LEVELS[level]) for title, level in explaining.left_out(person, of)] if person else [],
    }
    return answers.draw(request, "records/access.html", context)


@require_POST
@screen
def give(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Share a record with a person, a department or a group."""
    card, given = facts.load(request, of, id), request.POST
    holder = f"user_{given['person']}" if given.get("person") else given.get("department") or given.get("group") or ""
    with opened(request.user.pk, door="screen") as call:
        sharing.give(call, record=card.row, holder=holder or "role_0", may_edit="may_edit" in given)
    return answers.go(request, card.url("access"), toast=Toast(_("It is shared")))


@require_POST
@screen
def take(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Share a record no longer."""
    card = facts.load(request, of, id)
    with opened(request.user.pk, door="screen") as call:
        sharing.take(call, record=card.row, holder=request.POST.get("holder", ""))
    return answers.go(request, card.url("access"), toast=Toast(_("It is shared no longer")))


def _may_borrow(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_administrator", False))


def _may_share(card: Card) -> bool:
    return access.reach(card.reader, card.of, "edit").covers_by_role(card.row)


def _explained(person: Any, card: Card) -> list[tuple[Any, explaining.Answer]]:
    return [(QUESTIONS[one.act], one) for one in explaining.explain(person, card.row)]


def _holders(of: RecordType, id: int) -> Sequence[Holder]:
    found = list(Share.objects.filter(record_type=of.name, record_id=id, observes=False).order_by("at"))
    read = [(share, *people.codes.read(share.holder)) for share in found]
    persons = people.by_id(id for _, kind, id in read if kind == "person")
    departments = people.Department.objects.in_bulk([id for _, kind, id in read if kind == "subtree"])
    groups = people.Group.objects.in_bulk([id for _, kind, id in read if kind == "group"])
    holders = []
    for share, kind, of_whom in read:
        found_of: dict[str, Any] = {"person": persons, "subtree": departments, "group": groups}
        known = found_of[kind].get(of_whom)
        icon = {"subtree": "building-2", "group": "users-round"}.get(kind, "user-round")
        holders.append(Holder(share, str(known or share.holder), icon, known if kind == "person" else None))
    return holders
