"""Screens on which record types are designed: the list of them, the form of one, archive and removal."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any, cast

from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.permissions import permissions
from potok.lists import operations, record, rules
from potok.lists.models import Design, Item
from potok.records import public as records
from potok.ui import answers
from potok.ui.answers import Toast

IN_MEMORY = 1_000_000
ACTS: dict[str, tuple[Callable[[Call, Design], Any], Any]] = {
    "archive": (lambda call, one: operations.archive(call, design=one), gettext_lazy("“%(title)s” is archived")),
    "restoration": (
        lambda call, one: operations.restore(call, design=one),
        gettext_lazy("“%(title)s” is out of the archive"),
    ),
    "removal": (
        lambda call, one: operations.remove(call, design=one),
        gettext_lazy("“%(title)s” is removed for good"),
    ),
}


@dataclass(frozen=True)
class Line:
    """One design as the list has it."""

    design: Design
    count: int
    url: str
    settings_url: str


def show(request: HttpRequest) -> HttpResponse:
    """List the designs: those in use, then those in the archive."""
    _check(request)
    counted = dict(Item.objects.values_list("record_type").annotate(Count("id")))
    lines = [_line(one, counted.get(one.name, 0)) for one in Design.objects.all()]
    context = {
        "used": [one for one in lines if not one.design.archived_at],
        "archived": [one for one in lines if one.design.archived_at],
    }
    return answers.draw(request, "lists/types.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Draw the form of a new type, or design it and go on to its fields."""
    _check(request)
    if request.method == "GET":
        return _draw(request, Design(icon=rules.ICONS[0]))
    given = request.POST
    with opened(request.user.pk, door="screen") as call:
        design = operations.add(call, code=given.get("code", ""), **_given(request))
    url = reverse("records:settings", args=[record.record_type(design).path])
    return answers.go(request, url, toast=Toast(_("“%(title)s” is there. Add its fields") % {"title": design.plural}))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the form of a type, or change what it is called."""
    _check(request)
    design = operations.found(id)
    if request.method == "GET":
        return _draw(request, design)
    with opened(request.user.pk, door="screen") as call:
        operations.change(call, design=design, **_given(request))
    return answers.go(request, reverse("lists:types"), toast=Toast(_("The type is changed")))


@require_POST
def act(request: HttpRequest, id: int, act: str) -> HttpResponse:
    """Archive a type, take it back out, or remove it for good."""
    if act not in ACTS:
        raise MISSING(id=act)
    design = operations.found(id)
    done, said = ACTS[act]
    with opened(request.user.pk, door="screen") as call:
        done(call, design)
    return answers.go(request, reverse("lists:types"), toast=Toast(str(said) % {"title": design.plural}))


@require_POST
def write(request: HttpRequest, id: int) -> HttpResponse:
    """Answer all records of a type as a file, those in the trash too; after it the type may be removed."""
    design = operations.found(id)
    with opened(request.user.pk, door="screen") as call:
        operations.note_export(call, design=design)
        file = _file(design)
    name = f"{design.plural} {clock.now():%Y-%m-%d}.csv"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
    return cast("HttpResponse", answer)


def _file(design: Design) -> IO[bytes]:
    of = records.record_types.get(design.name) or record.record_type(design)
    columns = [*of.declared().values(), *records.added_fields(design.name)]
    rows: Any = of.rows().order_by("pk")
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 (the answer closes it)
    records.exports.to_csv(records.exports.lines(rows, columns, by=None), file)
    file.seek(0)
    return file


def _draw(request: HttpRequest, design: Design) -> HttpResponse:
    count = Item.objects.filter(record_type=design.name).count() if design.pk else 0
    of = record.record_type(design) if design.pk else None
    return answers.draw(request, "lists/type.html", {"design": design, "icons": rules.ICONS, "count": count, "of": of})


def _given(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    return {
        "singular": given.get("singular", ""),
        "plural": given.get("plural", ""),
        "icon": given.get("icon", rules.ICONS[0]),
        "pipeline": "pipeline" in given,
    }


def _line(design: Design, count: int) -> Line:
    path = record.record_type(design).path
    settings = "" if design.archived_at else reverse("records:settings", args=[path])
    return Line(design, count, f"/{path}/", settings)


def _check(request: HttpRequest) -> None:
    if not records.may(request, records.SETTINGS):
        raise FORBIDDEN(permission=permissions[records.SETTINGS].title)
