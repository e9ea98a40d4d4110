"""The card of a task, as a page and as a drawer, and what is done on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.people import public as company
from potok.tasks import access, attachments, links, operations, places, queries, rules
from potok.tasks import checklist as lines
from potok.tasks import comments as talk
from potok.tasks.models import Task
from potok.tasks.web import shapes
from potok.ui import answers
from potok.ui.answers import Toast


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the card of a task."""
    context = {**_card(request, _task(request, id)), "next_url": request.GET.get("next", "")}
    return answers.draw(request, "tasks/card.html", context, part="tasks/_card.html")


@require_POST
def work(request: HttpRequest, id: int) -> HttpResponse:
    """Begin the work on a task."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.start(call, task=task)
    return _again(request, task, Toast(gettext("The task is in progress")))


@require_POST
def closure(request: HttpRequest, id: int) -> HttpResponse:
    """Complete a task."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.complete(call, task=task)
    following = next(filter(None, (one.url(request, task) for one in places.after.all())), request.POST.get("next", ""))
    if url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        return answers.go(request, following, toast=_completed(request))
    return _again(request, task, _completed(request))


@require_POST
def reopen(request: HttpRequest, id: int) -> HttpResponse:
    """Open a completed task again."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.reopen(call, task=task)
    return _again(request, task, Toast(gettext("The task is open again")))


@require_POST
def comments(request: HttpRequest, id: int) -> HttpResponse:
    """Comment on a task, with files."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        files = attachments.keep(call, task=task, uploaded=request.FILES.getlist("files"))
        talk.add(call, task=task, text=request.POST.get("text", ""), files=files)
    return _again(request, task)


@require_POST
def checklist(request: HttpRequest, id: int) -> HttpResponse:
    """Add a line to the checklist."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        lines.add(call, task=task, text=request.POST.get("text", ""))
    return _again(request, task)


@require_http_methods(["POST", "DELETE"])
def item(request: HttpRequest, id: int, item: int) -> HttpResponse:
    """Tick a line off, take the tick away, or take the line out."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if request.method == "DELETE":
            lines.remove(call, task=task, item=item)
        else:
            lines.tick(call, task=task, item=item, done=request.POST.get("done") == "1")
    return _again(request, task)


def detail(request: HttpRequest, task: Task, *, next_url: str) -> str:
    """Draw the card inside the inbox; completing it opens the next line."""
    return render_to_string("tasks/_card.html", {**_card(request, task), "next_url": next_url}, request)


def _completed(request: HttpRequest) -> Toast:
    return Toast(gettext("The task is completed"), undo=f"{request.path}/undo")


def _task(request: HttpRequest, id: int) -> Task:
    return queries.found(request.user.pk, id=id)


def _again(request: HttpRequest, task: Task, toast: Toast | None = None) -> HttpResponse:
    """The card as it is now; without script, the page."""
    if not answers.by_script(request):
        return answers.go(request, f"/tasks/{task.pk}/", toast=toast)
    response = answers.draw(request, "tasks/_card.html", _card(request, _task(request, task.pk)))
    return answers.say(request, response, toast) if toast else response


def _card(request: HttpRequest, task: Task) -> dict[str, Any]:
    held = access.standing(task, by=request.user.pk)
    said = list(task.comments.select_related("author").order_by("at", "pk"))
    people = company.by_id(task.observers)
    return {
        "task": task,
        "state": shapes.state(task),
        "status": gettext(rules.STATUSES[task.status]),
        "is_important": task.priority == rules.HIGH,
        "observers": [people[one] for one in task.observers if one in people],
        "links": list(links.of(task.refs(), by=request.user.pk).values()),
        "more_facts": [mark_safe(fact.draw(request, task)) for fact in places.facts.all()],  # noqa: S308 (templates)
        "items": list(task.checklist.order_by("place", "pk")),
        "said": attachments.beside(said),
        "may_close": bool(held & rules.MAY_CLOSE) and not task.is_closed,
        "may_start": bool(held & rules.MAY_WORK) and task.status == rules.NEW,
        "may_reopen": bool(held & rules.MAY_CLOSE) and task.is_closed,
        "may_change": bool(held & rules.MAY_CHANGE),
        "may_work": bool(held & rules.MAY_WORK) and not task.is_closed,
    }
