"""Settings of a record type, for administrators: its pipelines with their stages, and the fields added to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.permissions import permissions
from potok.records.fields import kinds
from potok.records.models import CustomField, Pipeline, Stage
from potok.records.operations import custom_fields, pipelines
from potok.records.operations.pipelines import SETTINGS
from potok.records.record_types import RecordType, record_types
from potok.records.screens import rights, slots
from potok.records.screens.screen import screen
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.slots import settings_tools

STAGE_KINDS = ((Stage.OPEN, _("At work")), (Stage.WON, _("Success")), (Stage.LOST, _("Failure")))
KIND_TITLES = {
    "text": _("Line of text"),
    "area": _("Long text"),
    "number": _("Number"),
    "money": _("Money"),
    "yes_no": _("Yes or no"),
    "date": _("Date"),
    "moment": _("Date and time"),
    "choice": _("List"),
    "person": _("Employee"),
    "link": _("Link to a record"),
    "file": _("File"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "url": _("Web address"),
    "numbered": _("Number given by the system"),
}


@dataclass(frozen=True)
class Line:
    """An added field as the settings list it."""

    row: CustomField
    kind: str
    marks: Sequence[str]


@require_GET
@screen
def first(request: HttpRequest) -> HttpResponse:
    """Go to the settings of the first record type."""
    of = min(record_types.all().values(), key=slots.place)
    return answers.go(request, reverse("records:settings", args=[of.path]))


@require_GET
@screen
def show(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw pipelines, stages and added fields of a record type."""
    check(request)
    fields = list(CustomField.objects.filter(record_type=of.name))
    shown = Pipeline.objects.filter(record_type=of.name).prefetch_related("stages") if of.pipeline else []
    context = {
        "of": of,
        "types": sorted(record_types.all().values(), key=slots.place),
        "pipelines": list(shown),
        "stage_kinds": STAGE_KINDS,
        "fields": [Line(one, str(KIND_TITLES.get(one.kind, one.kind)), _marks(one)) for one in fields],
        "kinds": [(kind, KIND_TITLES.get(kind, kind)) for kind in kinds],
        "tools": [tool.draw(request, of) for tool in settings_tools.all() if tool.visible(request, of)],
    }
    return answers.draw(request, "records/settings.html", context)


def _marks(row: CustomField) -> list[str]:
    """What is special about a field."""
    told = (
        (row.required, gettext("required")),
        (row.multiple, gettext("several values")),
        (row.hidden, gettext("hidden")),
    )
    return [word for holds, word in told if holds]


def check(request: HttpRequest) -> None:
    """Refuse whoever may not change settings."""
    if not rights.may(request, SETTINGS):
        raise FORBIDDEN(permission=permissions[SETTINGS].title)


def back(request: HttpRequest, of: RecordType, said: str) -> HttpResponse:
    """Show the settings anew, with what was done."""
    return answers.go(request, reverse("records:settings", args=[of.path]), toast=Toast(said))


# ----- pipelines and stages -------------------------------------------------------------------------------------------


@require_POST
@screen
def add_pipeline(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Add a pipeline; it begins with a first stage and two ends, which can be renamed."""
    stages = [
        {"title": gettext("New"), "code": "NEW"},
        {"title": gettext("Success"), "kind": Stage.WON, "code": "WON"},
        {"title": gettext("Failure"), "kind": Stage.LOST, "code": "LOSE"},
    ]
    with opened(request.user.pk, door="screen") as call:
        pipelines.add(call, record_type=of.name, title=request.POST.get("title", ""), stages=stages)
    return back(request, of, gettext("The pipeline is added"))


@require_POST
@screen
def rename_pipeline(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Give a pipeline another name."""
    with opened(request.user.pk, door="screen") as call:
        pipelines.rename(call, pipeline=_pipeline(of, id), title=request.POST.get("title", ""))
    return back(request, of, gettext("The pipeline is renamed"))


@require_POST
@screen
def remove_pipeline(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Remove a pipeline in which no record is."""
    with opened(request.user.pk, door="screen") as call:
        pipelines.remove(call, pipeline=_pipeline(of, id))
    return back(request, of, gettext("The pipeline is removed"))


@require_POST
@screen
def add_stage(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Add a stage to a pipeline."""
    given = request.POST
    with opened(request.user.pk, door="screen") as call:
        pipelines.add_stage(
            call, pipeline=_pipeline(of, id), title=given.get("title", ""), kind=given.get("kind") or Stage.OPEN
        )
    return back(request, of, gettext("The stage is added"))


@require_POST
@screen
def order_stages(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Put a stage before another one, or at the end: dropped there, or moved by a button."""
    pipeline = _pipeline(of, id)
    order = [str(pk) for pk in Stage.objects.filter(pipeline=pipeline).values_list("pk", flat=True)]
    with opened(request.user.pk, door="screen") as call:
        pipelines.order_stages(call, pipeline=pipeline, stages=[int(pk) for pk in moved(order, request.POST)])
    if "step" in request.POST:
        return back(request, of, gettext("The order is kept"))
    return answers.done(request, Toast(gettext("The order is kept")))


def moved(order: list[str], given: Any) -> list[str]:
    """The order after a move: `card` goes before `before`, or by `step` places up or down."""
    card = given.get("card", "")
    if card not in order:
        raise MISSING(id=card or 0)
    rest = [one for one in order if one != card]
    if "step" in given:
        place = order.index(card) + (-1 if given["step"] == "up" else 1)
    else:
        place = rest.index(given["before"]) if given.get("before") in rest else len(rest)
    return [*rest[: max(0, place)], card, *rest[max(0, place) :]]


@require_POST
@screen
def change_stage(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Give a stage another name or kind."""
    stage = _stage(of, id)
    with opened(request.user.pk, door="screen") as call:
        pipelines.change_stage(
            call, stage=stage, title=request.POST.get("title", stage.title), kind=request.POST.get("kind", stage.kind)
        )
    return answers.done(request, Toast(gettext("The stage is changed")))


@require_http_methods(["GET", "POST"])
@screen
def remove_stage(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Remove a stage; if records stand on it, ask first where they go."""
    check(request)
    stage = _stage(of, id)
    to, count = request.POST.get("to", ""), of.rows().filter(stage=stage).count()
    if request.method == "GET":
        others = Stage.objects.filter(record_type=of.name).exclude(pk=id).order_by("pipeline__order", "order")
        told = [(str(one.pk), f"{one.pipeline.title}: {one.title}") for one in others.select_related("pipeline")]
        return answers.draw(
            request, "records/settings_stage.html", {"of": of, "stage": stage, "count": count, "others": told}
        )
    if count and not to:
        return answers.go(request, reverse("records:settings_stage_removal", args=[of.path, id]))
    with opened(request.user.pk, door="screen") as call:
        pipelines.remove_stage(call, stage=stage, to=_stage(of, int(to)) if to.isdecimal() else None)
    return back(request, of, gettext("The stage is removed"))


def _pipeline(of: RecordType, id: int) -> Pipeline:
    found = Pipeline.objects.filter(pk=id, record_type=of.name).first()
    if found is None:
        raise MISSING(id=id)
    return found


def _stage(of: RecordType, id: int) -> Stage:
    found = Stage.objects.filter(pk=id, record_type=of.name).first()
    if found is None:
        raise MISSING(id=id)
    return found


# ----- added fields ---------------------------------------------------------------------------------------------------


def field_of(of: RecordType, id: int) -> CustomField:
    """The row of an added field, or a refusal."""
    found = CustomField.objects.filter(pk=id, record_type=of.name).first()
    if found is None:
        raise MISSING(id=id)
    return found


@require_POST
@screen
def remove_field(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Take a field off cards and lists; its values stay."""
    with opened(request.user.pk, door="screen") as call:
        custom_fields.remove(call, field=field_of(of, id))
    return back(request, of, gettext("The field is removed; its values are kept"))
