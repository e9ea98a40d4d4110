"""A block tree drawn on as a status board, and a board as a block tree again when nothing would be lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from potok.engine.notation.stages import turning
from potok.kit.words import _
from potok.processes.web import designing_picture, designing_source, rights
from potok.ui import words

WORKING, FINISHED = _("In work"), _("Finished")
LOSSES = {
    "stage": _("process stage {stage}"),
    "title": _("name of the process stage {stage}"),
    "text": _("what is to be done on {stage}"),
    "fields": _("form of {stage}"),
    "with": _("deadline and reminders of {stage}"),
    "activity": _("event of {stage}"),
    "status": _("words of the status of {stage}"),
    "note": _("note of {stage}"),
    "access": _("who may see the run"),
    "responsible": _("responsible people of {stage}"),
    "results": _("results of {stage}"),
    "on": _("commands and timers of {stage}"),
    "leave": _("steps on leaving {stage}"),
    "pause": _("pause of {stage}"),
    "task": _("task of {stage}"),
    "run": _("child processes of {stage}"),
    "permissions": _("rights to the record on {stage}"),
    "then": _("the way on from {stage}"),
    "go": _("a way from the middle of {stage} to another stage"),
}
OTHER = _("“{key}” of {stage}")


@require_POST
def turn(request: HttpRequest, id: int) -> HttpResponse:
    """Give what is drawn in the other notation; nothing is kept by it. With `lost` there is no other form."""
    rights.definition(request, id=id)
    plain = designing_source.given(request)["source"]
    titles = {"working": gettext(WORKING), "finished": gettext(FINISHED)}
    if designing_picture.notation_of(plain) == "tree":
        return JsonResponse(_told(turning.to_stages(plain, **titles)))
    lost = turning.lost(plain, **titles)
    return JsonResponse({"lost": [_said(each) for each in lost]} if lost else _told(turning.to_tree(plain)))


def _told(plain: Any) -> dict[str, Any]:
    return {"source": designing_picture.for_browser(plain), "lost": []}


def _said(loss: turning.Loss) -> str:
    return gettext(LOSSES.get(loss.key, OTHER)).format(key=loss.key, stage=words.quoted(loss.stage))
