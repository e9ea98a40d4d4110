"""«My blocks» in the palette: kept, shown, removed."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.processes.models import KeptBlock
from potok.processes.operations import kept_blocks
from potok.processes.web import designing_source


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep steps by a name; answer with all that are kept."""
    given = designing_source.body(request)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        kept_blocks.keep(call, title=str(given.get("title", "")), steps=given.get("steps"))
    return JsonResponse({"kept": of(request)})


@require_POST
def remove(request: HttpRequest, id: int) -> HttpResponse:
    """Remove one; answer with those that are left."""
    kept = KeptBlock.objects.filter(pk=id, person=request.user.pk).first()
    if kept is None:
        raise MISSING(id=id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        kept_blocks.remove(call, kept=kept)
    return JsonResponse({"kept": of(request)})


def of(request: HttpRequest) -> list[dict[str, Any]]:
    """What the reader has kept, as the palette shows it."""
    return [{"id": one.pk, "title": one.title, "steps": one.steps} for one in kept_blocks.of(request.user.pk)]
