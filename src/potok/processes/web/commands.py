"""Commands: the buttons that running processes offer to a person, and giving one."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.engine.values import RecordRef
from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.processes import outside
from potok.processes.models import Instance
from potok.processes.operations import commands
from potok.processes.queries.commands import Offered, commands_for
from potok.ui import answers
from potok.ui.answers import Toast


def offered(request: HttpRequest, instances: Iterable[Instance]) -> Mapping[int, list[Offered]]:
    """The commands that the reader may give now, by instance."""
    running = [one.pk for one in instances if one.ended_at is None]
    return commands_for(request.user.pk, instances=running) if running else {}


@require_POST
def give(request: HttpRequest, id: int) -> HttpResponse:
    """Give a command; the page from which it was given shows how the process went on."""
    command = commands.command(id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        commands.give(call, command=command)
    return answers.go(request, _page(request, command.instance), toast=Toast(_("The process goes on")))


def _page(request: HttpRequest, instance: Instance) -> str:
    if request.POST.get("from") == "record" and instance.record_id is not None:
        return outside.url_of(RecordRef(instance.record_type, instance.record_id))
    return reverse("processes:instance", args=[instance.pk])
