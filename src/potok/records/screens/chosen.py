"""What is done to many records at once: the bar below the list, its preview, the change and how to take it back."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from potok.engine.values import Value
from potok.kit.doors import opened
from potok.kit.errors import MISSING, Refusals, Refused
from potok.records import catalogue, queries
from potok.records.fields import Field
from potok.records.list_tools import list_tools
from potok.records.models import Record
from potok.records.record_types import RecordType
from potok.records.screens import asked, fields, names, rights
from potok.records.screens.screen import screen
from potok.records.writing import verbs
from potok.ui import answers, words
from potok.ui.answers import Toast

MOST = 500
# What is undone travels in the address of the undo; browsers and servers take this much without asking.
UNDO_LENGTH_MAX = 6000
NOBODY = names.of_values((), by=None)
Asks = list[tuple[Any, Mapping[str, Any]]]


@require_POST
@screen
def panel(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the bar for the marked records; nothing when none is marked."""
    return _bar(request, of)


def _bar(request: HttpRequest, of: RecordType) -> HttpResponse:
    ids = _ids(request)
    if not ids or not rights.may(request, of.may("edit")):
        return HttpResponse("")
    offered = _fields(of)
    field = offered.get(request.POST.get("field", ""), next(iter(offered.values())))
    context = {
        "of": of,
        "count": len(ids),
        "fields": [(one.name, one.title) for one in offered.values()],
        "field": field,
        "editor": fields.control(of, field, None, NOBODY, label=False),
        "may_remove": rights.may(request, of.may("remove")),
        "tools": (tools := [tool for tool in list_tools.all().values() if tool.visible(request, of.name)]),
        "found": _shown(request, of).count() if tools else 0,
    }
    return render(request, "records/list_chosen.html", context)


@require_POST
@screen
def change(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Give a field of all marked records one value."""
    field = catalogue.current().field(of, request.POST.get("field", ""))
    value = field.checked(fields.posted(field, request.POST))
    records = _records(request, of)
    before = [(record.pk, fields.held(field, field.of(record))) for record in records if field.of(record) != value]
    with opened(request.user.pk, door="screen") as call:
        changed = verbs[of.name].change.many(
            [(call, {"record": record, "values": {field.name: value}}) for record in records]
        )
    # The rows renew themselves when they are told of the change; they stay marked, and so the bar stays.
    text = gettext("Changed: %(count)s, field “%(field)s”") % {
        "count": _counted(before, changed, records),
        "field": field.title,
    }
    return answers.say(request, _bar(request, of), Toast(text, undo=_undo(of, field, before)))


@require_POST
@screen
def remove(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Put all marked records into the trash."""
    records = _records(request, of)
    with opened(request.user.pk, door="screen") as call:
        removed = verbs[of.name].remove.many([(call, {"record": record}) for record in records])
    gone = [(record.pk, None) for record, one in zip(records, removed, strict=True) if not isinstance(one, Refused)]
    text = gettext("To the trash: %(count)s") % {"count": _counted(gone, removed, records)}
    return answers.say(request, HttpResponse(""), Toast(text, undo=_undo(of, None, gone)))


@require_POST
@screen
def use(request: HttpRequest, of: RecordType, tool: str) -> HttpResponse:
    """Let another part do with the marked records what its button says, or with all that the filter lets through."""
    found = list_tools.get(tool)
    if found is None or not found.visible(request, of.name):
        raise MISSING(id=tool)
    if request.GET.get("all"):
        ids = list(_shown(request, of).order_by("pk").values_list("pk", flat=True))
    else:
        ids = [record.pk for record in _records(request, of)]
    return found.use(request, of.name, ids)


def _shown(request: HttpRequest, of: RecordType) -> Any:
    """All records that the list under the bar lets through, as far as its filter and search go."""
    query = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    return asked.read(request, of, layout=asked.LIST, query=query).rows()


@require_POST
@screen
def undo(request: HttpRequest, of: RecordType, what: str) -> HttpResponse:
    """Give back what `change` or `remove` took."""
    try:
        name, before = signing.loads(what, salt=of.name)
    except signing.BadSignature:
        return HttpResponse(status=404)
    held = {str(pk): value for pk, value in before}
    reached = queries.rows(of, by=request.user.pk, trash=not name).filter(pk__in=[int(pk) for pk in held])
    with opened(request.user.pk, door="screen") as call:
        if name:
            asks: Asks = [(call, {"record": one, "values": {name: held[str(one.pk)]}}) for one in reached]
            answered = verbs[of.name].change.many(asks)
        else:
            answered = verbs[of.name].restore.many([(call, {"record": one}) for one in reached])
    if refused := [one for one in answered if isinstance(one, Refused)]:
        raise Refusals(refused)
    return answers.done(request)


def _ids(request: HttpRequest) -> list[int]:
    return [int(one) for one in request.POST.getlist("row") if one.isdecimal() and len(one) < 19][:MOST]


def _records(request: HttpRequest, of: RecordType) -> list[Record]:
    return list(queries.rows(of, by=request.user.pk).filter(pk__in=_ids(request)).order_by("pk"))


def _fields(of: RecordType) -> dict[str, Field]:
    """What can be the same in many records: not their names, and not files."""
    offered = [one for one in catalogue.current().of(of).values() if not (one.read_only or one.hidden)]
    first = sorted(offered, key=lambda one: (one.name != "responsible", one.name != "stage"))
    return {one.name: one for one in first if one.name != "title" and one.widget != "file"}


def _counted(done: Sequence[Any], answered: Sequence[Record | Refused], records: Sequence[Record]) -> str:
    """«12 записей, отказано: 3. …»; each sentence of a refusal once, with a record that it is about."""
    refused = [(row, one) for row, one in zip(records, answered, strict=True) if isinstance(one, Refused)]
    failed = {row.pk for row, _ in refused}
    count = sum(1 for pk, _ in done if pk not in failed)
    text = ngettext("%(count)s record", "%(count)s records", count) % {"count": count}
    if not refused:
        return text
    why = {one.sentence(): words.inside(row.title) for row, one in reversed(refused)}
    line = gettext("“%(title)s”: %(sentence)s")
    told = " ".join(line % {"title": title, "sentence": sentence} for sentence, title in list(why.items())[:3])
    return gettext("%(text)s, %(failed)s refused. %(why)s") % {"text": text, "failed": len(refused), "why": told}


def _undo(of: RecordType, field: Field | None, before: Sequence[tuple[int, Value]]) -> str:
    if not before:
        return ""
    what = signing.dumps((field.name if field else "", before), salt=of.name, compress=True)
    address = reverse("records:chosen_undo", args=[of, what])
    return address if len(address) <= UNDO_LENGTH_MAX else ""
