"""What the address of a page of tasks asks for: whose, which group, which words, which layout."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from potok.people.public import folded
from potok.tasks import access, projects, queries
from potok.tasks.models import Tasks

VIEWS = {"mine": _("My tasks"), "given": _("Given by me"), "observed": _("I observe"), "all": _("All tasks")}
LAYOUTS = {
    "list": ("list", _("List")),
    "board": ("square-kanban", _("Board")),
    "month": ("calendar", _("Calendar")),
    "gantt": ("chart-gantt", _("Timeline")),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    layout: str
    view: str
    text: str
    group: int | None
    closed: bool
    page: str
    day: str
    by: str

    @classmethod
    def read(cls, request: HttpRequest, *, layout: str) -> "Asked":
        given = request.GET
        group = given.get("group", "")
        number = int(group) if group.isdecimal() else None
        view = given.get("view", "all" if number else "mine")
        return cls(
            layout=layout,
            view=view if view in VIEWS else "mine",
            text=given.get("q", "").strip(),
            group=number,
            closed=given.get("closed") == "1",
            page=given.get("page", "1"),
            day=given.get("day", ""),
            by=given.get("by", ""),
        )

    def url(self, *, layout: str = "", **change: Any) -> str:
        """The address with something changed; a page begins anew."""
        asked: dict[str, Any] = {
            "view": self.view,
            "q": self.text,
            "group": self.group,
            "closed": "1" if self.closed else "",
            "by": self.by,
            **change,
        }
        said = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse(f'tasks:{layout or self.layout}')}?{said}"

    def tasks(self, person: int) -> Tasks:
        """The tasks that are asked for, open and closed, in no order."""
        tasks: Tasks = queries.visible_to(person).filter(_view(self.view, person=person))
        if self.group:
            tasks = tasks.filter(group=self.group)
        for word in folded(self.text).split():
            tasks = tasks.filter(Q(title__iregex=either(word)) | Q(responsible__sort_key__icontains=word))
        return tasks.select_related("responsible", "creator", "group")


def bars(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What stands above every layout: views, groups, words to look for."""
    person = request.user.pk or 0
    return {
        "asked": asked,
        "views": [(title, asked.url(view=name), name == asked.view) for name, title in VIEWS.items()],
        "layouts": [
            (icon, title, asked.url(layout=name), name == asked.layout) for name, (icon, title) in LAYOUTS.items()
        ],
        "groups": list(access.groups_of(person).order_by("name").values_list("pk", "name")),
        "project": _project(asked, person),
        "without_filter": asked.url(q="", group="", closed=""),
        "is_narrowed": bool(asked.text or asked.group or asked.closed),
        "here": reverse(f"tasks:{asked.layout}"),
    }


def _project(asked: Asked, person: int) -> Any:
    return next((one for one in projects.visible_to(person) if one.group_id == asked.group), None)


def either(word: str) -> str:
    """A folded word as an expression that finds it with ё or with е."""
    return re.escape(word).replace("е", "[её]")


def _view(view: str, *, person: int) -> Q:
    views = {
        "mine": Q(responsible=person) | Q(accomplices__contains=[person]),
        "given": Q(creator=person) & ~Q(responsible=person) | Q(controller=person),
        "observed": Q(observers__contains=[person]),
    }
    return views.get(view, Q())
