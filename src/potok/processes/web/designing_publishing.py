"""Publishing from the designer: with a note, and with what has to be accepted first."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import Refusals
from potok.processes.operations import definitions
from potok.processes.trial import cases
from potok.processes.web import rights
from potok.ui import answers

NOTE_MAX = 2000


@require_POST
def publish(request: HttpRequest, id: int) -> HttpResponse:
    """Publish what is drawn; 409 with sentences when kept trials go otherwise, and that has to be accepted first."""
    definition = rights.definition(request, id=id)
    given = request.POST
    try:
        with doors.opened(request.user.pk, door=SCREEN) as call:
            made = definitions.publish(
                call,
                source=definition.source,
                code=definition.code,
                accept=given.get("accept") == "1",
                note=given.get("note", "")[:NOTE_MAX],
            )
    except Refusals as refused:
        if not all(each.code == cases.BROKEN.code for each in refused):
            raise
        return JsonResponse({"broken": [each.sentence() for each in refused]}, status=409)
    toast = answers.Toast(_("Version %(n)s is published") % {"n": made.number})
    return answers.go(request, reverse("processes:definition", args=[id]), toast=toast)
