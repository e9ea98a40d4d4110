"""Handing over everything that a person holds in processes: the list beforehand, the results after."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.people.public import Person
from potok.processes.operations import handover
from potok.processes.permissions import HAND_OVER
from potok.processes.queries.holdings import ASSIGNMENT, CONSTANT, NAMED, QUEUE, ROLE, holdings
from potok.processes.web import asked
from potok.ui import answers


def show(request: HttpRequest) -> HttpResponse:
    """Draw what a person holds, once he is chosen."""
    person = _person(request, request.GET.get("person", ""))
    if person is not None and not people.visible(request.user.pk, permission=HAND_OVER).covers((person.pk,)):
        raise MISSING(id=person.pk)
    return _draw(
        request, person, None, {} if person is None else {"lines": [(one, "", "") for one in holdings(person.pk)]}
    )


@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    """Hand it over and tell of each thing what became of it."""
    person, to = (_person(request, request.POST.get(name, "")) for name in ("person", "to"))
    if person is None or to is None:
        raise MISSING(place="to" if person else "person", id="")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        done = handover.carry_out(call, person=person, to=to)
    lines = [(one.holding, *_outcome(one)) for one in done]
    return _draw(request, person, to, {"lines": lines, "is_done": True})


def _draw(request: HttpRequest, person: Person | None, to: Person | None, context: dict[str, Any]) -> HttpResponse:
    lines = context.get("lines", [])
    grouped = [(title, [line for line in lines if line[0].kind == kind]) for kind, title in _kinds().items()]
    told = {
        **context,
        "person": person,
        "chosen": [asked.option(person)] if person else [],
        "to_chosen": [asked.option(to)] if to else [],
        "groups": [(title, some) for title, some in grouped if some],
    }
    return answers.draw(request, "processes/handover.html", told, part="processes/_handover.html")


def _outcome(one: handover.Handed) -> tuple[str, str]:
    if one.is_done:
        return "done", _("Handed over")
    if one.refused is not None:
        return "incident", one.refused.sentence()
    return "wait", _("Change it by hand")


def _kinds() -> dict[str, str]:
    return {
        ASSIGNMENT: _("Assignments that wait"),
        QUEUE: _("Places in queues"),
        CONSTANT: _("Constants of definitions"),
        NAMED: _("Definitions that name this person: to be changed by hand"),
        ROLE: _("Roles that definitions count on: to be given by hand"),
    }


def _person(request: HttpRequest, id: str) -> Person | None:
    """Somebody whose affairs the reader may hand over, or to whom they may go."""
    if not people.may(request.user.pk, permission=HAND_OVER):
        raise MISSING(id=id)
    return people.by_id([int(id)]).get(int(id)) if id.isdecimal() else None
