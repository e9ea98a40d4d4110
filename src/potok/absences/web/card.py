"""The card of an absence, and what is decided there."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from potok.absences import access, days, kinds, leave
from potok.absences.web.inside import inside
from potok.calendar.public import places
from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.notify.public import Waiting, inbox
from potok.people.public import Absence, Person, absences
from potok.ui import answers
from potok.ui.answers import Toast


@require_GET
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the card."""
    me = inside(request)
    return answers.draw(request, "absences/card.html", _card(me, access.found(me.pk, id=id)))


@require_POST
def decide(request: HttpRequest, id: int) -> HttpResponse:
    """Approve or decline what somebody asks for."""
    me = inside(request)
    one, approved = access.found(me.pk, id=id), request.POST.get("answer") == "approve"
    with opened(me.pk, door="screen") as call:
        absences.decide(call, absence=one, approved=approved, comment=request.POST.get("comment", ""))
    said = _("The absence is approved") if approved else _("The absence is declined")
    return answers.go(request, address(one), toast=Toast(said))


@require_POST
def withdraw(request: HttpRequest, id: int) -> HttpResponse:
    """Ask for it no longer."""
    me = inside(request)
    with opened(me.pk, door="screen") as call:
        absences.withdraw(call, absence=access.found(me.pk, id=id))
    return answers.go(request, reverse("absences:mine"), toast=Toast(_("You ask for it no longer")))


@require_POST
def end(request: HttpRequest, id: int) -> HttpResponse:
    """Be back earlier."""
    me = inside(request)
    with opened(me.pk, door="screen") as call:
        absences.cut_short(call, absence=access.found(me.pk, id=id))
    return answers.go(request, reverse("absences:mine"), toast=Toast(_("Your work comes back to you")))


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Take the absence back."""
    me = inside(request)
    one = access.found(me.pk, id=id)
    there = address(one)
    with opened(me.pk, door="screen") as call:
        absences.remove(call, absence=one)
    return answers.go(request, there, toast=Toast(_("The absence is removed")))


def detail(request: HttpRequest, waiting: Waiting, next_url: str) -> str:
    """What the inbox shows of an absence that is asked for."""
    me = inside(request)
    one = access.found(me.pk, id=_id(waiting))
    return render_to_string("absences/_card.html", {**_card(me, one), "next_url": next_url}, request=request)


def _id(waiting: Waiting) -> int:
    return int(waiting.key.partition(":")[2])


def _approve(call: Call, waiting: Waiting) -> Absence:
    return absences.decide(call, absence=access.found(call.by or 0, id=_id(waiting)), approved=True)


ACTS = (inbox.Act("approve", gettext_lazy("Approve"), _approve),)


def between(by: int | None, person: int, first: datetime, last: datetime) -> list[places.Entry]:
    """Absences as whole days of a calendar; the reason only for whoever may know it."""
    rows = Absence.objects.approved().between(first, last).filter(person=person).select_related("person")
    knows = by is None or bool(access.knowing(by, persons=[person]))
    return [
        places.Entry(
            title=kinds.title(one.kind) if knows else str(kinds.AWAY),
            url=reverse("absences:card", args=[one.pk]) if knows else address(one),
            begins_at=one.begins_at,
            ends_at=one.ends_at,
            note=one.whereabouts,
            tone=places.PLANNED,
            whole_day=True,
        )
        for one in rows
    ]


def address(one: Absence) -> str:
    """The month of the chart in which it begins."""
    return f"{reverse('absences:chart')}?month={days.of(one)[0]:%Y-%m}"


def _card(me: Person, one: Absence) -> dict[str, Any]:
    now, mine = clock.now(), one.person_id == me.pk
    enters = access.may_enter(me.pk, person=one.person_id)
    counted = leave.balances([one.person], year=days.of(one)[0].year)[one.person_id]
    return {
        "balance": next((each for each in counted if each.kind.code == one.kind), None),
        "absence": one,
        "kind": kinds.title(one.kind),
        "when": days.told(one),
        "chart_url": address(one),
        "is_asked": one.status == "asked",
        "is_declined": one.status == "declined",
        "decides": one.status == "asked" and absences.may_decide(one, by=me.pk),
        "withdraws": one.status == "asked" and mine,
        "ends": one.status == "approved" and one.begins_at < now < one.ends_at and (mine or enters),
        "removes": enters and one.status != "asked",
    }
