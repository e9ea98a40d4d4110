"""What is done with an assignment besides answering it: taken, given back, moved, given to others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.processes import rules
from potok.processes.operations import assignments, directing
from potok.processes.web import assigned
from potok.ui import answers
from potok.ui.answers import Toast


@require_POST
def claim(request: HttpRequest, id: int) -> HttpResponse:
    """Take it out of its queue, or put it back."""
    assignment = assigned.find(request, id)
    back = request.POST.get("back") == "1"
    with doors.opened(request.user.pk, door=SCREEN) as call:
        (assignments.give_back if back else assignments.claim)(call, assignment=assignment)
    said = _("It lies in the queue again") if back else _("It is yours now")
    return answers.go(request, assigned.url(id), toast=Toast(said))


@require_POST
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Change its text and its deadline."""
    assignment = assigned.find(request, id)
    due = _moment(request.POST.get("due_at", ""))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        directing.change(
            call,
            assignment=assignment,
            title=request.POST.get("title", ""),
            description=request.POST.get("description"),
            due_at=due,
            without_due=due is None,
        )
    return answers.go(request, assigned.url(id), toast=Toast(_("The assignment is changed")))


@require_POST
def ask(request: HttpRequest, id: int) -> HttpResponse:
    """Ask one more person, somebody instead of another, or somebody no more."""
    assignment = assigned.find(request, id)
    given: dict[str, Any] = {"person": _number(request, "person")}
    acts: dict[str, Any] = {"add": directing.add_person, "excuse": directing.excuse, "reassign": directing.reassign}
    how = request.POST.get("how", "add")
    if how == "reassign":
        given["to"] = _number(request, "to")
    with doors.opened(request.user.pk, door=SCREEN) as call:
        acts.get(how, directing.add_person)(call, assignment=assignment, **given)
    return answers.go(request, assigned.url(id), toast=Toast(_("The people are changed")))


@require_POST
def remind(request: HttpRequest, id: int) -> HttpResponse:
    """Remind everybody who has not answered."""
    assignment = assigned.find(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        directing.remind(call, assignment=assignment)
    return answers.go(request, assigned.url(id), toast=Toast(_("Everybody who has not answered is reminded")))


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal():
        raise MISSING(place=name, id=given)
    return int(given)


def _moment(text: str) -> Any:
    """The moment that a form gives, on the clock of the reader."""
    if not text.strip():
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise rules.FIELD_WRONG(place="due_at", title=_("Deadline"), value=text)
    return timezone.make_aware(found) if timezone.is_naive(found) else found
