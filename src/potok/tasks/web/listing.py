"""The list of tasks: mine, given by me, observed by me, of a group."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from potok.people.public import folded
from potok.tasks import queries
from potok.tasks.web import asked as asking
from potok.tasks.web import shapes
from potok.tasks.web.asked import Asked
from potok.ui import answers
from potok.ui.shapes import Option

PAGE, FOUND_MAX = 50, 20


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the list, or its rows when htmx asks for them."""
    asked = Asked.read(request, layout="list")
    found = asked.tasks(request.user.pk or 0)
    found = found.closed().order_by("-closed_at", "-pk") if asked.closed else found.open().by_urgency()
    page = Paginator(found, PAGE).get_page(asked.page)
    context = {
        **asking.bars(request, asked),
        "page": page,
        "rows": shapes.rows(page.object_list, by=request.user.pk),
        "next_url": asked.url(page=page.next_page_number()) if page.has_next() else "",
        "open_url": asked.url(closed=""),
        "closed_url": asked.url(closed="1"),
    }
    return answers.draw(request, "tasks/list.html", context, part="tasks/_rows.html", push=asked.url())


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Answer the options of a picker of tasks for `q`; `but` is left out."""
    but = request.GET.get("but", "")
    found = queries.visible_to(request.user.pk).open()
    for word in folded(request.GET.get("q", "")).split():
        found = found.filter(title__iregex=asking.either(word))
    rows = found.exclude(pk=int(but) if but.isdecimal() else 0).order_by("-pk")[:FOUND_MAX]
    options = [Option(value=str(task.pk), title=task.title, icon="circle-check-big") for task in rows]
    return answers.draw(request, "tasks/_options.html", {"options": options})
