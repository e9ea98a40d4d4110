"""The form of an added field: kind, title, code, what is special about it, its list of values."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.kit.doors import opened
from potok.kit.errors import MISSING, Refused
from potok.records import catalogue, converting
from potok.records.fields import kinds
from potok.records.models import CustomField
from potok.records.operations import custom_fields
from potok.records.record_types import RecordType, record_types
from potok.records.screens import fields, names
from potok.records.screens.screen import screen
from potok.records.screens.settings import KIND_TITLES, back, check, field_of
from potok.ui import answers

BLANK_CHOICES = 4


@require_http_methods(["GET", "POST"])
@screen
def add(request: HttpRequest, of: RecordType, kind: str) -> HttpResponse:
    """Draw the form of a new field of a kind, or add it."""
    check(request)
    if kind not in kinds:
        raise MISSING(id=kind)
    blank = CustomField(record_type=of.name, kind=kind, name="new", options=_links(kind))
    if request.method == "GET":
        return _draw(request, of, blank)
    given = request.POST
    with opened(request.user.pk, door="screen") as call:
        custom_fields.add(
            call,
            record_type=of.name,
            kind=kind,
            title=given.get("title", ""),
            name=given.get("code", "").strip(),
            required="required" in given,
            multiple="multiple" in given,
            hidden="hidden" in given,
            default=_default(blank, given),
            options=_options(kind, given),
        )
    return back(request, of, gettext("The field is added"))


@require_http_methods(["GET", "POST"])
@screen
def change(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Draw the form of a field that is there, or change it; kind and code stay."""
    check(request)
    row = field_of(of, id)
    if request.method == "GET":
        return _draw(request, of, row)
    given = request.POST
    with opened(request.user.pk, door="screen") as call:
        custom_fields.change(
            call,
            field=row,
            title=given.get("title", ""),
            required="required" in given,
            hidden="hidden" in given,
            default=_default(row, given),
            options=_options(row.kind, given) if row.kind in ("choice", "numbered") else None,
        )
    return back(request, of, gettext("The field is changed"))


@require_http_methods(["GET", "POST"])
@screen
def convert(request: HttpRequest, of: RecordType, id: int) -> HttpResponse:
    """Show what would become of the values of a field in another kind, or change its kind."""
    check(request)
    row, kind = field_of(of, id), request.POST.get("kind") or request.GET.get("kind", "")
    if request.method == "GET":
        context = {"of": of, "row": row, "kind": kind, "title": KIND_TITLES.get(kind, kind)}
        return answers.draw(
            request, "records/settings_convert.html", context | {"told": converting.rehearse(row, kind)}
        )
    with opened(request.user.pk, door="screen") as call:
        custom_fields.convert(call, field=row, kind=kind)
    return back(request, of, gettext("The field has another kind; nothing is lost"))


def _draw(request: HttpRequest, of: RecordType, row: CustomField) -> HttpResponse:
    field = catalogue.field_of(row)
    usual = field.read(row.default) if row.default not in (None, "", []) else None
    context = {
        "of": of,
        "row": row,
        "kind": KIND_TITLES.get(row.kind, row.kind),
        "to": next((one["to"] for one in row.options if "to" in one), ""),
        "types": [(one.name, one.plural) for one in record_types.all().values()],
        "choices": [*((one["key"], one["title"]) for one in row.options if "key" in one), *[("", "")] * BLANK_CHOICES],
        "default": _control(of, row, usual),
        "numbering": next((one for one in row.options if "template" in one), {"template": "{n}", "first": 1}),
        "ways": [(kind, KIND_TITLES.get(kind, kind)) for kind in converting.possible(row.kind)] if row.pk else [],
    }
    return answers.draw(request, "records/settings_field.html", context)


def _control(of: RecordType, row: CustomField, usual: Any) -> str:
    """The control of the usual value; there is none where the kind is not yet settled by its options."""
    if row.kind in ("file", "link", "numbered") or (row.kind == "choice" and (row.pk is None or row.multiple)):
        return ""
    field = catalogue.field_of(row)
    return fields.control(of, field, usual, names.of_values([usual], by=None), label=False)


def _default(row: CustomField, given: QueryDict) -> Any:
    """What was given as the usual value, under the name that the field has."""
    if row.name not in given:
        return None
    row.multiple = row.multiple or "multiple" in given
    try:
        return fields.posted(catalogue.field_of(row), given)
    except Refused:
        return given.get(row.name)


def _options(kind: str, given: QueryDict) -> list[Any]:
    if kind == "link":
        return [{"to": given.get("to", "")}]
    if kind == "numbered":
        return [{"template": given.get("template", ""), "first": given.get("first", "1")}]
    if kind != "choice":
        return []
    # A renamed value keeps its key: records, filters and processes hold the key.
    pairs = zip(given.getlist("option.key"), given.getlist("options"), strict=False)
    return [{"key": key, "title": title} for key, title in pairs if title.strip()]


def _links(kind: str) -> list[dict[str, str]]:
    return [{"to": next(iter(record_types))}] if kind == "link" else []
