"""What is done on the card of a task; each answers with the card as it is then."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit import doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.tasks import attachments, dependencies, operations, places, queries, rules, spent
from potok.tasks import checklist as lines
from potok.tasks import comments as talk
from potok.tasks.models import Task
from potok.tasks.web.card import again
from potok.tasks.web.reading import duration
from potok.ui import answers
from potok.ui.answers import Toast


@require_POST
def work(request: HttpRequest, id: int) -> HttpResponse:
    """Begin the work on a task; what should have come before is said, and holds nobody back."""
    task = _task(request, id)
    held = [one for one in dependencies.before(task, by=request.user.pk) if one.holds_start]
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.start(call, task=task)
    return again(request, task, _early(held[0]) if held else Toast(gettext("The task is in progress")))


@require_POST
def closure(request: HttpRequest, id: int) -> HttpResponse:
    """Complete a task, or hand the work in."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.complete(call, task=task)
    if task.status == rules.AWAITING:
        return _onwards(request, task, Toast(gettext("The work is handed in")))
    return _onwards(request, task, Toast(gettext("The task is completed"), undo=f"{request.path}/undo"))


@require_POST
def reopen(request: HttpRequest, id: int) -> HttpResponse:
    """Open a completed task again."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.reopen(call, task=task)
    return again(request, task, Toast(gettext("The task is open again")))


@require_POST
def acceptance(request: HttpRequest, id: int) -> HttpResponse:
    """Accept the work that was handed in."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.accept(call, task=task)
    return _onwards(request, task, Toast(gettext("The work is accepted")))


@require_POST
def return_(request: HttpRequest, id: int) -> HttpResponse:
    """Send the work back with a comment."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.send_back(call, task=task, comment=request.POST.get("comment", ""))
    return _onwards(request, task, Toast(gettext("The work is sent back")))


@require_POST
def rest(request: HttpRequest, id: int) -> HttpResponse:
    """Put a task off, or take it up again."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if task.status == rules.DEFERRED:
            operations.resume(call, task=task)
            return again(request, task, Toast(gettext("The task is open again")))
        operations.defer(call, task=task)
    return _onwards(request, task, Toast(gettext("The task is put off"), undo=request.path))


@require_POST
def comments(request: HttpRequest, id: int) -> HttpResponse:
    """Comment on a task, with files."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        files = attachments.keep(call, task=task, uploaded=request.FILES.getlist("files"))
        talk.add(call, task=task, text=request.POST.get("text", ""), files=files)
    return again(request, task)


@require_http_methods(["POST", "DELETE"])
def comment(request: HttpRequest, id: int, comment: int) -> HttpResponse:
    """Correct what one has said, or take it back."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if request.method == "DELETE":
            talk.remove(call, task=task, comment=comment)
        else:
            talk.change(call, task=task, comment=comment, text=request.POST.get("text", ""))
    return again(request, task)


@require_POST
def checklist(request: HttpRequest, id: int) -> HttpResponse:
    """Add a line to the checklist."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        lines.add(call, task=task, text=request.POST.get("text", ""))
    return again(request, task)


@require_http_methods(["POST", "DELETE"])
def item(request: HttpRequest, id: int, item: int) -> HttpResponse:
    """Tick a line off, take the tick away, or take the line out."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if request.method == "DELETE":
            lines.remove(call, task=task, item=item)
        else:
            lines.tick(call, task=task, item=item, done=request.POST.get("done") == "1")
    return again(request, task)


@require_POST
def time(request: HttpRequest, id: int) -> HttpResponse:
    """Write down time that was spent."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        spent.add(call, task=task, seconds=duration(request.POST.get("time", "")), note=request.POST.get("note", ""))
    return again(request, task, Toast(gettext("The time is written down")))


@require_http_methods(["DELETE"])
def entry(request: HttpRequest, id: int, entry: int) -> HttpResponse:
    """Take time back that was written down."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        spent.remove(call, task=task, entry=entry)
    return again(request, task)


@require_POST
def dependency(request: HttpRequest, id: int) -> HttpResponse:
    """Let the task wait for another."""
    task, before = _task(request, id), request.POST.get("before", "")
    if not before.isdecimal():
        raise MISSING(place="before", id=before)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        first = queries.found(request.user.pk, id=int(before))
        dependencies.add(call, before=first, after=task, kind=request.POST.get("kind", ""))
    return again(request, task)


@require_http_methods(["DELETE"])
def one_dependency(request: HttpRequest, id: int, dependency: int) -> HttpResponse:
    """Let the task wait no more."""
    task = _task(request, id)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        dependencies.remove(call, task=task, dependency=dependency)
    return again(request, task)


def _early(held: dependencies.Hindrance) -> Toast:
    title = held.dependency.before.title
    return Toast(gettext("The task is in progress, though “%(title)s” comes first") % {"title": title})


def _onwards(request: HttpRequest, task: Task, toast: Toast) -> HttpResponse:
    """To the work that the task was a part of; else to the next line of the inbox, if the card stood there."""
    work = (one.url(request, task) for one in places.after.all()) if task.is_closed else ()
    following = next(filter(None, work), request.POST.get("next", ""))
    if url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        return answers.go(request, following, toast=toast)
    return again(request, task, toast)


def _task(request: HttpRequest, id: int) -> Task:
    return queries.found(request.user.pk, id=id)
