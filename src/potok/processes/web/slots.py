"""What processes put into the shell: lines of the rail, parts of every card, lines of boards, their kind of inbox line.

On the card of a task that a process gave, they lead to the run.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from potok.engine.values import RecordRef
from potok.notify.public import inbox
from potok.people import public as people
from potok.processes.permissions import EDIT
from potok.processes.web import (
    assigned,
    assignments,
    board,
    inbox_lines,
    incidents,
    instances,
    kept_views,
    listed,
    requests,
    stages,
    start_lists,
    tab,
)
from potok.records.public import ListTool, kept_lists, list_tools, process_lines
from potok.tasks import public as tasks
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    _fill_rail(group=_("Processes"))
    slots.card_tabs.add(slots.CardTab(name="processes", title=_("Processes"), draw=tab.draw, order=30, count=tab.count))
    slots.card_tops.add(slots.CardTab(name="processes", title=_("Processes"), draw=tab.live))
    slots.card_tools.add(slots.CardTab(name="start", title=_("Start a process"), draw=tab.start))
    slots.settings_tools.add(
        slots.CardTab(
            name="processes", title=_("Processes"), draw=listed.button, visible=lambda request, of: _may_edit(request)
        )
    )
    process_lines.add("processes", board.lines)
    kept_lists.add(kept_views.RUNS, kept_views.check)
    list_tools.add(
        "processes.start",
        ListTool(
            "processes.start",
            _("Start a process"),
            "play",
            use=start_lists.use,
            visible=start_lists.may,
        ),
    )
    tasks.places.facts.add(slots.CardTab(name="origin", title=_("Asked by a process"), draw=_origin))
    tasks.places.facts.add(slots.CardTab(name="processes", title=_("Processes"), draw=_running, order=110))
    tasks.places.after.add(tasks.places.After(name="stage", url=stages.after_task))
    inbox.kinds.add(
        "incident",
        inbox.Kind(name="incident", title=_("Failures"), glyph="incident", order=5, draw=incidents.detail),
    )
    inbox.kinds.add(
        "assignment",
        inbox.Kind(
            name="assignment",
            title=_("Assignments"),
            glyph="person",
            order=10,
            draw=assignments.detail,
            subtitle=assignments.subtitles,
            sentence=inbox_lines.sentence,
            acts_for=inbox_lines.acts,
        ),
    )
    inbox.others.add("assignments", inbox_lines.awaited)


def _fill_rail(*, group: slots.Text) -> None:
    slots.rail.add(
        slots.RailEntry(
            name="requests",
            title=_("Requests"),
            icon="send",
            url="processes:requests",
            group=group,
            order=180,
            visible=requests.may,
        )
    )
    slots.rail.add(
        slots.RailEntry(
            name="assignments",
            title=_("Assignments"),
            icon="list-checks",
            url="processes:assigned",
            group=group,
            order=190,
            key="KeyA",
            count=lambda request: (assigned.count(request), "mine"),
        )
    )
    slots.rail.add(
        slots.RailEntry(
            name="instances",
            title=_("Runs"),
            icon="route",
            url="processes:instances",
            group=group,
            order=200,
            key="KeyP",
            count=lambda request: (instances.incident_count(request.user.pk or 0), "incident"),
        )
    )
    slots.rail.add(
        slots.RailEntry(
            name="definitions",
            title=_("Definitions"),
            icon="workflow",
            url="processes:definitions",
            group=group,
            order=210,
            visible=_may_edit,
        )
    )


def _origin(request: HttpRequest, task: tasks.Task) -> str:
    if not task.instance:
        return ""
    return render_to_string("processes/_origin.html", {"instance": task.instance}, request)


def _running(request: HttpRequest, task: tasks.Task) -> str:
    """What runs on the task, and the menu of what may be started on it; nothing where there is neither."""
    return tab.beside(request, RecordRef(tasks.TASK, task.pk))


def _may_edit(request: HttpRequest) -> bool:
    return people.may(request.user.pk, permission=EDIT)
