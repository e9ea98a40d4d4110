"""The tab «Дела» of a record: its tasks and whatever else is planned on it, in one list."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy

from potok.engine.values import RecordRef
from potok.kit.errors import MISSING
from potok.records import public as records
from potok.records.public import Record
from potok.tasks import queries
from potok.tasks.models import read, spelled
from potok.tasks.places import Offer, ToDo, sources
from potok.tasks.web import shapes

SHOWN_MAX = 200


def draw(request: HttpRequest, record: Record) -> str:
    """Draw the tab for a record that the person sees."""
    return render_to_string("tasks/tab.html", _shown(request, ref(record)), request)


def show(request: HttpRequest, record: str) -> HttpResponse:
    """Draw it alone, when the record is told to have changed."""
    name, _, number = record.rpartition(":")
    if not number.isdecimal():
        raise MISSING(id=record)
    records.find(records.type_named(name), int(number), by=request.user.pk)
    return HttpResponse(render_to_string("tasks/tab.html", _shown(request, read(record)), request))


def count(request: HttpRequest, record: Record) -> int | None:
    """How much is to be done."""
    about = ref(record)
    open_tasks: int = queries.about(about, by=request.user.pk).open().count()
    return open_tasks + sum(source.count(request, about) for source in sources.all())


def ref(record: Record | RecordRef) -> RecordRef:
    """The reference of a record of any type: every record can name itself."""
    return record if isinstance(record, RecordRef) else record.ref


def _shown(request: HttpRequest, about: RecordRef) -> dict[str, Any]:
    more = [line for source in sources.all() for line in source.lines(request, about)]
    give = Offer(gettext_lazy("Give a task"), f"{reverse('tasks:new')}?record={spelled(about)}", "circle-check-big")
    return {
        "code": spelled(about),
        "offers": [give, *(offer for source in sources.all() for offer in source.offers(request, about))],
        "lines": in_order([*_tasks(request, about), *more]),
    }


def in_order(lines: Iterable[ToDo]) -> list[ToDo]:
    """What is to be done by its time, what has none behind it; then what is done, the latest first."""
    listed = list(lines)
    to_do = [line for line in listed if line.closed_at is None]
    done = [line for line in listed if line.closed_at is not None]
    return [
        *sorted(to_do, key=lambda line: (line.due is None, line.due.timestamp() if line.due else 0)),
        *sorted(done, key=_closed, reverse=True),
    ]


def _closed(line: ToDo) -> datetime:
    assert line.closed_at is not None
    return line.closed_at


def _tasks(request: HttpRequest, about: RecordRef) -> Sequence[ToDo]:
    found = queries.about(about, by=request.user.pk)[:SHOWN_MAX]
    return [
        ToDo(
            title=row.task.title,
            url=reverse("tasks:card", args=[row.task.pk]),
            state=row.state,
            due=row.task.deadline,
            note=" · ".join(one for one in (str(row.task.responsible), row.ticked) if one),
            closed_at=row.task.closed_at,
        )
        for row in shapes.rows(found, by=request.user.pk)
    ]
