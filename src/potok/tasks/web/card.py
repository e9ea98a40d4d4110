"""The card of a task, as a page and as a drawer: what it shows on each of its tabs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from potok.people import public as company
from potok.tasks import (
    access,
    attachments,
    dependencies,
    formatting,
    history,
    linking,
    links,
    places,
    queries,
    rules,
    spent,
)
from potok.tasks.models import Happened, Task
from potok.tasks.web import shapes, wording
from potok.ui import answers
from potok.ui.answers import Toast

MAIN, TIME, HISTORY = "", "time", "history"
TABS = {MAIN: _("The task"), TIME: _("Time spent"), HISTORY: _("History")}
PARTS = {MAIN: "tasks/_main.html", TIME: "tasks/_spent.html", HISTORY: "tasks/_history.html"}


@dataclass(frozen=True)
class Told:
    """A line of the history as the template draws it."""

    line: Happened
    words: str
    field: str
    was: Any
    now: Any


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the card of a task."""
    task = queries.found(request.user.pk, id=id)
    return answers.draw(request, "tasks/card.html", context(request, task), part="tasks/_card.html")


def detail(request: HttpRequest, task: Task, *, next_url: str) -> str:
    """Draw the card inside the inbox; completing it opens the next line."""
    return render_to_string("tasks/_card.html", {**context(request, task), "next_url": next_url}, request)


def again(request: HttpRequest, task: Task, toast: Toast | None = None) -> HttpResponse:
    """The card as it is now; without script, the page."""
    if not answers.by_script(request):
        return answers.go(request, f"/tasks/{task.pk}/", toast=toast)
    fresh = queries.found(request.user.pk, id=task.pk)
    response = answers.draw(request, "tasks/_card.html", context(request, fresh))
    return answers.say(request, response, toast) if toast else response


def context(request: HttpRequest, task: Task) -> dict[str, Any]:
    """What the card shows: its head, its actions and the open tab."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else MAIN
    drawn = {MAIN: _main, TIME: _spent, HISTORY: _history}[tab]
    own = reverse("tasks:card", args=[task.pk])
    return {
        "task": task,
        "tab": tab,
        "part": PARTS[tab],
        "tabs": [(title, f"{own}?tab={name}" if name else own, name == tab) for name, title in TABS.items()],
        "state": shapes.state(task),
        "status": gettext(rules.STATUSES[task.status]),
        "sentence": wording.sentence(task, reader=request.user.pk),
        "is_important": task.priority == rules.HIGH,
        "next_url": request.GET.get("next", ""),
        "links": list(links.of(task.refs(), by=request.user.pk).values()),
        **_may(task, access.standing(task, by=request.user.pk)),
        **drawn(request, task),
    }


def _may(task: Task, held: frozenset[str]) -> dict[str, bool]:
    awaits, active = task.status == rules.AWAITING, task.status in rules.ACTIVE
    closes = bool(held & rules.MAY_CLOSE)
    return {
        "may_close": closes and task.status in rules.OPEN - {rules.AWAITING},
        "hands_in": rules.outcome(held, needs_control=task.needs_control) == rules.AWAITING,
        "may_accept": bool(held & rules.MAY_ACCEPT) and awaits,
        "may_start": bool(held & rules.MAY_WORK) and task.status in rules.STARTABLE,
        "may_defer": closes and active,
        "may_reopen": closes and task.is_closed,
        "may_change": bool(held & rules.MAY_CHANGE),
        "may_work": bool(held & rules.MAY_WORK) and not task.is_closed,
    }


def _main(request: HttpRequest, task: Task) -> dict[str, Any]:
    held = access.standing(task, by=request.user.pk)
    said = list(task.comments.select_related("author").order_by("at", "pk"))
    people = company.by_id([*task.observers, *task.accomplices])
    hindrances = dependencies.before(task, by=request.user.pk)
    return {
        "observers": [people[one] for one in task.observers if one in people],
        "accomplices": [people[one] for one in task.accomplices if one in people],
        "more_facts": [mark_safe(fact.draw(request, task)) for fact in places.facts.all()],  # noqa: S308 (templates)
        "items": list(task.checklist.order_by("place", "pk")),
        "said": [_line(one, held, request) for one in attachments.beside(said)],
        "quoted": _quoted(request, task),
        "parts": shapes.rows(_parts(task, by=request.user.pk), by=request.user.pk),
        "hindrances": [(one, gettext(linking.KINDS[one.dependency.kind])) for one in hindrances],
        "held": [one for one in hindrances if one.holds_start or (one.holds_end and task.status in rules.ACTIVE)],
        "clashes": [one for one in hindrances if one.clashes],
        "kinds": [(name, gettext(title)) for name, title in linking.KINDS.items()],
        "spent_seconds": spent.whole(task),
    }


def _line(said: attachments.Said, held: frozenset[str], request: HttpRequest) -> dict[str, Any]:
    """A comment with what its reader may do with it."""
    comment, is_own = said.comment, said.comment.author_id == request.user.pk
    changes, removes = (rules.may_change_comment(held, is_own=is_own, leads=leads) for leads in (False, True))
    edited = request.GET.get("correct", "") == str(comment.pk)
    return {
        "comment": comment,
        "files": said.files,
        "removes": removes,
        "changes": changes,
        "edits": changes and edited,
    }


def _parts(task: Task, *, by: int | None) -> Iterable[Task]:
    return queries.visible_to(by).filter(parent=task).select_related(*queries.BESIDE).by_urgency()


def _quoted(request: HttpRequest, task: Task) -> str:
    """The comment that is answered, as the text that begins the answer."""
    asked = request.GET.get("quote", "")
    comment = task.comments.select_related("author").filter(pk=int(asked)).first() if asked.isdecimal() else None
    return formatting.quote(comment.text, author=str(comment.author or "")) if comment else ""


def _spent(request: HttpRequest, task: Task) -> dict[str, Any]:
    entries = task.spent.select_related("person").order_by("-on", "-pk")
    return {"entries": list(entries), "spent_seconds": spent.whole(task), "reader": request.user.pk}


def _history(request: HttpRequest, task: Task) -> dict[str, Any]:
    lines = history.of(task)
    people = history.people_in(lines)
    return {
        "happened": [
            Told(
                line,
                gettext(history.WORDS[line.what]),
                gettext(history.FIELDS[line.field]) if line.field else "",
                history.shown(line.field, line.was, people=people),
                history.shown(line.field, line.now, people=people),
            )
            for line in lines
        ]
    }
