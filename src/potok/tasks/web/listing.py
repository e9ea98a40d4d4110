"""The list of tasks: mine, given by me, observed by me, of a group."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from potok.people.public import folded
from potok.tasks import access, queries
from potok.tasks.models import Tasks
from potok.tasks.web import shapes
from potok.ui import answers

PAGE = 50
VIEWS = {"mine": _("My tasks"), "given": _("Given by me"), "observed": _("I observe"), "all": _("All tasks")}


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    view: str
    text: str
    group: int | None
    closed: bool
    page: str

    @classmethod
    def read(cls, request: HttpRequest) -> "Asked":
        given = request.GET
        group = given.get("group", "")
        view = given.get("view", "mine")
        return cls(
            view=view if view in VIEWS else "mine",
            text=given.get("q", "").strip(),
            group=int(group) if group.isdecimal() else None,
            closed=given.get("closed") == "1",
            page=given.get("page", "1"),
        )

    def url(self, **change: Any) -> str:
        """The address with something changed; a page begins anew."""
        asked: dict[str, Any] = {
            "view": self.view,
            "q": self.text,
            "group": self.group,
            "closed": "1" if self.closed else "",
            **change,
        }
        return f"{reverse('tasks:list')}?{urlencode({name: value for name, value in asked.items() if value})}"


def show(request: HttpRequest) -> HttpResponse:
    """Draw the list, or its rows when htmx asks for them."""
    asked = Asked.read(request)
    person = request.user.pk or 0
    found = _found(asked, person=person)
    page = Paginator(found, PAGE).get_page(asked.page)
    context = {
        "asked": asked,
        "page": page,
        "rows": shapes.rows(page.object_list, by=request.user.pk),
        "views": [(title, asked.url(view=name), name == asked.view) for name, title in VIEWS.items()],
        "groups": _groups(person),
        "next_url": asked.url(page=page.next_page_number()) if page.has_next() else "",
        "without_filter": asked.url(q="", group="", closed=""),
        "open_url": asked.url(closed=""),
        "closed_url": asked.url(closed="1"),
        "is_narrowed": bool(asked.text or asked.group or asked.closed),
    }
    return answers.draw(request, "tasks/list.html", context, part="tasks/_rows.html", push=asked.url())


def _found(asked: Asked, *, person: int) -> Tasks:
    tasks: Tasks = queries.visible_to(person).filter(_view(asked.view, person=person))
    tasks = tasks.closed() if asked.closed else tasks.open()
    if asked.group:
        tasks = tasks.filter(group=asked.group)
    for word in folded(asked.text).split():
        tasks = tasks.filter(Q(title__iregex=_either(word)) | Q(responsible__sort_key__icontains=word))
    ordered = tasks.order_by("-closed_at", "-pk") if asked.closed else tasks.by_urgency()
    return ordered.select_related("responsible", "creator", "group")


def _either(word: str) -> str:
    """A folded word as an expression that finds it with ё or with е."""
    return re.escape(word).replace("е", "[её]")


def _view(view: str, *, person: int) -> Q:
    views = {
        "mine": Q(responsible=person),
        "given": Q(creator=person) & ~Q(responsible=person) | Q(controller=person),
        "observed": Q(observers__contains=[person]),
    }
    return views.get(view, Q())


def _groups(person: int) -> list[tuple[int, str]]:
    return list(access.groups_of(person).order_by("name").values_list("pk", "name"))
