"""What is done to many records at once: the bar below the list, what a change would do, and the change itself.

The records are those that are marked, or with `all=1` all that the filter lets through. Few are changed at once, many
in the background; `bulk` keeps what became of each and takes the whole back.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from potok.engine.values import Value
from potok.kit.doors import opened
from potok.kit.errors import MISSING, Refused
from potok.records import catalogue, queries
from potok.records.bulk import carrying, operations
from potok.records.bulk.models import BulkChange
from potok.records.bulk.rules import Act, Outcome
from potok.records.fields import Field
from potok.records.list_tools import list_tools
from potok.records.models import Records
from potok.records.record_types import RecordType
from potok.records.screens import asked, bars, fields, names, rights, rows, wording
from potok.records.screens.asked import Asked
from potok.records.screens.screen import screen
from potok.records.works.carrying import BATCH
from potok.records.works.operations import counted
from potok.ui import answers, words
from potok.ui.answers import Toast

MOST = 500
SHOWN = 20
NOBODY = names.of_values((), by=None)


@dataclass(frozen=True)
class Chosen:
    """The records that are meant: `ids` of the marked ones, or None for all of `shown`."""

    of: RecordType
    shown: Asked
    ids: list[int] | None

    @property
    def rows(self) -> Records:
        found: Records = self.shown.rows()
        return found if self.ids is None else queries.rows(self.of, by=self.shown.person).filter(pk__in=self.ids)

    def asks(self) -> dict[str, Any]:
        """The same for the operation: numbers, or the filter and the search of the screen."""
        if self.ids is not None:
            return {"ids": self.ids}
        now = self.shown.now
        filter = asked.resolved(self.of, now.filter, me=self.shown.person)
        return {"filter": filter, "search": now.search}


def _read(request: HttpRequest, of: RecordType) -> Chosen:
    query = QueryDict(urlsplit(request.headers.get("HX-Current-URL", "")).query)
    shown = asked.read(request, of, layout=asked.LIST, query=query)
    ids = [int(one) for one in request.POST.getlist("row") if one.isdecimal() and len(one) < 19][:MOST]
    return Chosen(of, shown, None if request.POST.get("all") or request.GET.get("all") else ids)


@require_POST
@screen
def panel(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the bar for the marked records; nothing when none is marked."""
    return _bar(request, _read(request, of))


def _bar(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    of = chosen.of
    if chosen.ids == [] or not rights.may(request, of.may("edit")):
        return HttpResponse("")
    offered = _fields(of)
    field = offered.get(request.POST.get("field", ""), next(iter(offered.values())))
    found = bars.counted(chosen.shown.rows())
    context = {
        "of": of,
        "all": chosen.ids is None,
        "marked": len(request.POST.getlist("row")),
        "count": found.count if chosen.ids is None else len(chosen.ids),
        "fields": [(one.name, one.title) for one in offered.values()],
        "field": field,
        "editor": fields.control(of, field, None, NOBODY, label=False),
        "may_remove": rights.may(request, of.may("remove")),
        "tools": [tool for tool in list_tools.all().values() if tool.visible(request, of.name)],
        "found": found,
        "more": chosen.ids is not None and found.count > len(chosen.ids),
    }
    return render(request, "records/list_chosen.html", context)


# ----- what would change ----------------------------------------------------------------------------------------------


@require_POST
@screen
def preview(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Say how many records a change would change and how many are so already; with `show`, the first of them."""
    chosen = _read(request, of)
    field = catalogue.current().field(of, request.POST.get("field", ""))
    try:
        value = field.checked(fields.posted(field, request.POST))
    except Refused as refused:
        return render(request, "records/chosen_preview.html", {"problem": refused.sentence()})
    same = 0 if field.multiple else _same(chosen.rows, field, value)
    found = bars.counted(chosen.rows)
    context: dict[str, Any] = {"changed": max(found.count - same, 0), "is_more": found.is_more, "same": same}
    if "show" in request.GET:
        context |= {"field": field, "lines": _differences(chosen, field, value)}
    return render(request, "records/chosen_preview.html", context)


def _same(rows_: Records, field: Field, value: Value) -> int:
    where = field.where("empty", None) if value is None else field.where("equal", value)
    return bars.counted(rows_.filter(where)).count


def _differences(chosen: Chosen, field: Field, value: Value) -> list[tuple[str, str, str, str]]:
    """Title, address, what is there and what comes, of the first records that would change."""
    records = [one for one in chosen.rows.order_by("-pk")[: SHOWN * 5] if field.of(one) != value][:SHOWN]
    known = names.of_values([value, *(field.of(one) for one in records)], by=chosen.shown.person)
    said = wording.text(field, value, known)
    return [
        (one.title, rows.address(chosen.of, one.pk), wording.text(field, field.of(one), known), said) for one in records
    ]


# ----- what is done ---------------------------------------------------------------------------------------------------


@require_POST
@screen
def change(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Give a field of all chosen records one value."""
    field = catalogue.current().field(of, request.POST.get("field", ""))
    return _begin(request, of, act=Act.CHANGE, field=field.name, value=fields.posted(field, request.POST))


@require_POST
@screen
def remove(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Put all chosen records into the trash."""
    return _begin(request, of, act=Act.REMOVE)


def _begin(request: HttpRequest, of: RecordType, **asks: Any) -> HttpResponse:
    """Change few records at once; for many, show how far it is."""
    chosen = _read(request, of)
    with opened(request.user.pk, door="screen") as call:
        made = operations.begin(call, record_type=of.name, **asks, **chosen.asks())
        if made.total < BATCH:
            carrying.carry(made)
    if made.state != "done":
        return answers.draw(request, "records/bulk_progress.html", progress(of, made))
    # The rows renew themselves when they are told of the change; they stay marked, and so the bar stays.
    drawn = HttpResponse("") if made.act == Act.REMOVE else _bar(request, chosen)
    return answers.say(request, drawn, _told(of, made))


def progress(of: RecordType, made: BulkChange) -> dict[str, Any]:
    """What the line about a change on its way needs."""
    page = reverse("records:bulk", args=[of.path, made.pk])
    return {"of": of, "one": made, "done": made.lines.exclude(outcome="").count(), "url": page, "said": said(of, made)}


def said(of: RecordType, made: BulkChange) -> str:
    """«Ответственный: Игорь Тихонов»."""
    if made.act == Act.REMOVE:
        return gettext("To the trash")
    field = catalogue.current().of(of).get(made.field)
    if field is None:
        return made.field
    value = field.read(made.value)
    known = names.of_values([value], by=made.by_id)
    return f"{field.title}: {wording.text(field, value, known) or gettext('empty')}"


def _told(of: RecordType, made: BulkChange) -> Toast:
    """«12 записей, отказано: 3. …»; each sentence of a refusal once, with a record that it is about."""
    totals = counted(made)
    count = totals[Outcome.DONE, ""]
    text = ngettext("%(count)s record", "%(count)s records", count) % {"count": count}
    if failed := totals[Outcome.REFUSED, ""]:
        given = {"text": text, "failed": failed, "why": _why(of, made)}
        text = gettext("%(text)s, %(failed)s refused. %(why)s") % given
    if made.act == Act.REMOVE:
        text = gettext("To the trash: %(count)s") % {"count": text}
    else:
        title = catalogue.current().field(of, made.field).title
        text = gettext("Changed: %(count)s, field “%(field)s”") % {"count": text, "field": title}
    page = reverse("records:bulk", args=[of.path, made.pk])
    undo = reverse("records:bulk_act", args=[of.path, made.pk, "undoing"]) if count else ""
    return Toast(text, undo=undo, link=page if failed else "", link_title=gettext("Look") if failed else "")


def _why(of: RecordType, made: BulkChange) -> str:
    lines = list(made.lines.filter(outcome=Outcome.REFUSED)[:MOST])
    first = {line.sentence: line.record_id for line in reversed(lines)}
    titles = queries.rows(of, by=made.by_id).in_bulk(list(first.values()))
    line = gettext("“%(title)s”: %(sentence)s")
    return " ".join(
        line % {"title": words.inside(titles[id].title) if id in titles else f"№ {id}", "sentence": sentence}
        for sentence, id in list(first.items())[:3]
    )


@require_POST
@screen
def use(request: HttpRequest, of: RecordType, tool: str) -> HttpResponse:
    """Let another part do with the chosen records what its button says."""
    found = list_tools.get(tool)
    if found is None or not found.visible(request, of.name):
        raise MISSING(id=tool)
    ids = list(_read(request, of).rows.order_by("pk").values_list("pk", flat=True))
    return found.use(request, of.name, ids)


def _fields(of: RecordType) -> dict[str, Field]:
    """What can be the same in many records: not their names, and not files."""
    offered = [one for one in catalogue.current().of(of).values() if not (one.read_only or one.hidden)]
    first = sorted(offered, key=lambda one: (one.name != "responsible", one.name != "stage"))
    return {one.name: one for one in first if one.name != "title" and one.widget != "file"}
