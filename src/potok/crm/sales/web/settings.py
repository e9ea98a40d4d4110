"""The settings of sales: how papers are numbered, and where a paid deal goes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.crm.sales import moving, numbers, queries
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import public as records
from potok.records.public import Pipeline, Stage
from potok.ui import answers
from potok.ui.answers import Toast


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the templates of numbers and the stage of each pipeline of deals."""
    if not people.may(request.user.pk, permission=numbers.SETTINGS):
        raise FORBIDDEN(permission=permissions[numbers.SETTINGS].title)
    context = {
        "kinds": [(records.type_named(name), numbers.template(name)) for name in numbers.NUMBERED],
        "pipelines": [_pipeline(one) for one in Pipeline.objects.filter(record_type="crm.deal")],
    }
    return answers.draw(request, "sales/settings.html", context)


def _pipeline(one: Pipeline) -> dict[str, Any]:
    chosen = queries.paid_stage(one.pk)
    stages = [(stage.pk, stage.title) for stage in records.current().stages_of(one.pk) if stage.kind == Stage.OPEN]
    return {"row": one, "stages": stages, "chosen": chosen.pk if chosen else ""}


@require_POST
def keep_numbering(request: HttpRequest, kind: str) -> HttpResponse:
    """Keep a template of numbers."""
    with opened(request.user.pk, door="screen") as call:
        numbers.choose(call, record_type=kind, template=request.POST.get("template", ""))
    return answers.done(request, Toast(gettext("Numbers will read so")))


@require_POST
def keep_stage(request: HttpRequest, id: int) -> HttpResponse:
    """Keep where the paid deals of a pipeline go."""
    pipeline = Pipeline.objects.filter(pk=id, record_type="crm.deal").first()
    if pipeline is None:
        raise MISSING(id=id)
    given = request.POST.get("stage", "")
    stage = Stage.objects.filter(pk=int(given)).first() if given.isdecimal() else None
    with opened(request.user.pk, door="screen") as call:
        moving.choose(call, pipeline=pipeline, stage=stage)
    return answers.done(request, Toast(gettext("Paid deals will go there")))
