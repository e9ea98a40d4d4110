"""What tasks put into the shell: their line of the rail, «Give a task» in the menu, the tab on every record card."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.notify.public import Waiting, inbox
from potok.tasks import links, operations, places, queries, rules
from potok.tasks.models import Task
from potok.tasks.web import appointments, card, tab, wording
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            name="tasks", title=_("Tasks"), icon="circle-check-big", url="tasks:list", order=30, phone=3, key="KeyT"
        )
    )
    slots.create.add(
        slots.MenuEntry(name="task", title=_("Task"), icon="circle-check-big", url="tasks:new", order=50, drawer=True)
    )
    slots.card_tabs.add(slots.CardTab(name="tasks", title=_("Activities"), draw=tab.draw, order=20, count=tab.count))
    places.sources.add(
        places.Source(
            name="calendar",
            lines=appointments.lines,
            count=appointments.ahead_count,
            offers=appointments.offers,
            order=30,
        )
    )
    inbox.kinds.add(
        "task",
        inbox.Kind(
            name="task",
            title=_("Tasks"),
            icon="circle-check-big",
            order=20,
            draw=_detail,
            subtitle=_subtitles,
            sentence=_sentence,
            acts=(inbox.Act("complete", _("Complete"), _complete),),
            acts_for=_judging,
        ),
    )
    inbox.others.add("tasks", _given)


def _detail(request: HttpRequest, waiting: Waiting, next_url: str) -> str:
    task = queries.found(request.user.pk, id=_number(waiting))
    return card.detail(request, task, next_url=next_url)


def _sentence(request: HttpRequest, waiting: Waiting) -> str:
    return wording.sentence(queries.found(request.user.pk, id=_number(waiting)), reader=request.user.pk)


def _complete(call: Call, waiting: Waiting) -> object:
    return operations.complete(call, task=queries.found(call.by, id=_number(waiting)))


def _judging(rows: Sequence[Waiting]) -> Sequence[inbox.Act]:
    """Work that was handed in may go back, with one comment for all of it."""
    tasks = Task.objects.filter(pk__in=[_number(row) for row in rows], status=rules.AWAITING)
    if tasks.count() < len(rows):
        return ()
    return [inbox.Act("send_back", _("Send back"), _send_back, needs_comment=True)]


def _send_back(call: Call, waiting: Waiting, comment: str) -> object:
    task = queries.found(call.by, id=_number(waiting))
    return operations.send_back(call, task=task, comment=comment)


def _given(person: int) -> Sequence[inbox.Line]:
    """The tasks that a person gave and others do."""
    given = Task.objects.filter(creator=person).active().exclude(responsible=person).select_related("responsible")
    return [
        inbox.Line(
            key=f"given:{task.pk}",
            kind="task",
            title=task.title,
            about=str(task.responsible),
            url=reverse("tasks:card", args=[task.pk]),
            at=task.created_at,
            due_at=task.deadline,
            icon="circle-check-big",
            of_others=True,
        )
        for task in given.by_urgency()[: inbox.OTHERS_MAX]
    ]


def _subtitles(rows: Sequence[Waiting]) -> dict[int, str]:
    """«Task · the record it is about», or who gave it."""
    tasks = Task.objects.select_related("creator").in_bulk([_number(row) for row in rows])
    titles = links.of((ref for task in tasks.values() for ref in task.refs()[:1]), by=rows[0].person_id)
    return {row.pk: _subtitle(tasks[_number(row)], titles) for row in rows if _number(row) in tasks}


def _subtitle(task: Task, titles: dict[RecordRef, links.Link]) -> str:
    record = titles.get(task.refs()[0]) if task.records else None
    return gettext("Task · %(about)s") % {"about": record.title if record else task.creator}


def _number(waiting: Waiting) -> int:
    return int(waiting.key.rpartition(":")[2])
