"""What tasks put into the shell: their line of the rail, «Give a task» in the menu, the tab on every record card."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from potok.engine.values import RecordRef
from potok.tasks import queries
from potok.tasks.models import spelled
from potok.tasks.web import shapes
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(slots.RailEntry(name="tasks", title=_("Tasks"), icon="circle-check-big", url="tasks:list", order=30))
    slots.create.add(
        slots.MenuEntry(name="task", title=_("Task"), icon="circle-check-big", url="tasks:new", order=50, drawer=True)
    )
    slots.card_tabs.add(slots.CardTab(name="tasks", title=_("Activities"), draw=_draw, order=20, count=_count))


def _draw(request: HttpRequest, record: object) -> str:
    ref = _ref(record)
    found = queries.about(ref, by=request.user.pk).select_related("creator", "group")[:200]
    return render_to_string("tasks/tab.html", {"rows": shapes.rows(found), "code": spelled(ref)}, request)


def _count(request: HttpRequest, record: object) -> int | None:
    return queries.about(_ref(record), by=request.user.pk).open().count()


def _ref(record: object) -> RecordRef:
    """The reference of a record of any type: every record can name itself."""
    ref = record.ref() if hasattr(record, "ref") else record
    assert isinstance(ref, RecordRef)
    return ref
