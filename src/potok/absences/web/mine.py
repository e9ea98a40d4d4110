"""One's own absences: what is asked for and planned, who stands in, what lies with others meanwhile."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from potok.absences import days, kinds, leave, operations, rules
from potok.absences.models import Passed
from potok.absences.web.inside import inside
from potok.kit import clock
from potok.kit.doors import opened
from potok.people import public as people
from potok.people.public import Absence, Deputy, Person, absences, standing_in
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.shapes import Option

SHOWN_MAX = 200


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the page."""
    me = inside(request)
    return answers.draw(request, "absences/mine.html", _drawn(me))


@require_POST
def deputies(request: HttpRequest) -> HttpResponse:
    """Keep who stands in, in the order of the list."""
    me = inside(request)
    chosen = [int(one) for one in request.POST.getlist("deputies") if one.isdecimal()]
    with opened(me.pk, door="screen") as call:
        absences.set_deputies(call, person=me, deputies=[people.person(one) for one in chosen])
    return answers.go(request, reverse("absences:mine"), toast=Toast(_("The deputies are kept")))


@require_POST
def take_back(request: HttpRequest, id: int) -> HttpResponse:
    """Take one thing back although one is away."""
    me = inside(request)
    row = Passed.objects.filter(pk=id, owner=me).first()
    if row is None:
        raise rules.NOTHING_PASSED()
    with opened(me.pk, door="screen") as call:
        operations.take_back(call, passed=row)
    return answers.go(request, reverse("absences:mine"), toast=Toast(_("It is yours again")))


def _drawn(me: Person) -> dict[str, Any]:
    mine = Absence.objects.filter(person=me).select_related("person", "deputy").order_by("-begins_at")[:SHOWN_MAX]
    chosen = Deputy.objects.filter(person=me).select_related("deputy").order_by("place")
    lying = Passed.objects.filter(owner=me, closed_at=None).select_related("holder").order_by("-pk")
    for_others = Passed.objects.filter(holder=me, closed_at=None).select_related("owner").order_by("-pk")
    first = next(iter(standing_in.candidates([me.pk], load={})[me.pk]), None)
    return {
        "absences": [(one, kinds.title(one.kind), days.told(one)) for one in mine],
        "chosen": [Option(value=str(one.deputy_id), title=str(one.deputy), face=one.deputy) for one in chosen],
        "first": people.person(first) if first else None,
        "lying": lying[:SHOWN_MAX],
        "for_others": for_others[:SHOWN_MAX],
        "balances": leave.balances([me], year=timezone.localdate(clock.now()).year)[me.pk],
        "now": clock.now(),
    }
