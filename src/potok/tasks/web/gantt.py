"""The timeline of tasks: bars from beginning to deadline, arrows for what waits for what, moved by hand or by keys.

The page carries no inline style: bars are placed by attributes of SVG.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from potok.kit import clock, doors
from potok.kit.calls import SCREEN
from potok.kit.errors import refusal
from potok.kit.words import _
from potok.tasks import access, dependencies, linking, operations, queries, rules
from potok.tasks.models import Dependency, Task
from potok.tasks.web import asked as asking
from potok.tasks.web.asked import Asked
from potok.tasks.web.months import bounds, read_day
from potok.ui import answers, words

DAY = timedelta(days=1)
WEEKS, SHOWN_MAX = 8, 150
DAY_WIDTH, ROW_HEIGHT, BAR_HEIGHT, HEAD_HEIGHT, INDENT = 22, 34, 22, 44, 14
TURN = 8  # how far an arrow goes before it turns
SHIFT_MAX = 3_660
WRONG_SHIFT = refusal("tasks.gantt.wrong_shift", _("A bar is moved by whole days, at most ten years. Try again."))


@dataclass(frozen=True)
class Bar:
    """A task as a bar of the drawing, and its line in the list beside it."""

    task: Task
    first: date
    last: date
    x: int
    y: int
    width: int
    depth: int
    may_move: bool

    @property
    def text_x(self) -> int:
        return self.x + self.width + 6

    @property
    def text_y(self) -> int:
        return self.y + 15

    @property
    def end_x(self) -> int:
        return self.x + self.width

    @property
    def said(self) -> str:
        """What a screen reader says of it: from which day to which."""
        return f"{words.day(self.first)} – {words.day(self.last)}"


@dataclass(frozen=True)
class Arrow:
    """A dependency between two bars."""

    path: str
    clashes: bool
    title: str


@dataclass(frozen=True)
class Mark:
    """A line from top to bottom where a week begins."""

    x: int
    title: str
    is_month: bool

    @property
    def text_x(self) -> int:
        return self.x + 5


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw eight weeks, from the one before `day` on."""
    asked = Asked.read(request, layout="gantt")
    today = timezone.localdate(clock.now())
    day = read_day(asked.day, today - DAY * 7)
    first = day - DAY * day.weekday()
    last = first + DAY * 7 * WEEKS
    tasks = _ordered(_between(asked, request.user.pk or 0, first, last))
    bars = _bars(tasks, first, by=request.user.pk)
    context = {
        **asking.bars(request, asked),
        **_moves(asked, first),
        "title": f"{words.day(first)} – {words.day(last - DAY, year=True)}",
        "bars": bars,
        "arrows": _arrows(bars),
        "marks": _marks(first),
        "today_x": (today - first).days * DAY_WIDTH + DAY_WIDTH // 2 if first <= today < last else None,
        "width": 7 * WEEKS * DAY_WIDTH,
        "height": HEAD_HEIGHT + ROW_HEIGHT * max(1, len(bars)),
        "day_width": DAY_WIDTH,
    }
    return answers.draw(request, "tasks/gantt.html", context, part="tasks/_gantt.html", push=asked.url(day=asked.day))


@require_POST
def plan(request: HttpRequest, id: int) -> HttpResponse:
    """Move the beginning and the end of a task by whole days."""
    task = queries.found(request.user.pk, id=id)
    begins, ends = (_days(request.POST.get(name, "0")) for name in ("begins", "ends"))
    fields: dict[str, Any] = {}
    if begins:
        fields["begins_at"] = (task.begins_at or task.created_at) + DAY * begins
    if ends and task.deadline is not None:
        fields["deadline"] = task.deadline + DAY * ends
    with doors.opened(request.user.pk, door=SCREEN) as call:
        operations.change(call, task=task, fields=fields)
    return answers.done(request)


def _days(text: str) -> int:
    try:
        days = int(text)
    except ValueError:
        raise WRONG_SHIFT() from None
    if abs(days) > SHIFT_MAX:
        raise WRONG_SHIFT()
    return days


def _between(asked: Asked, person: int, first: date, last: date) -> Sequence[Task]:
    """The tasks that have a day in the stretch; what has no deadline lies on the day it begins."""
    since, until = bounds(first, last)
    begins = Q(begins_at__lt=until) | Q(begins_at=None, created_at__lt=until)
    ends = Q(deadline__gte=since) | Q(deadline=None, begins_at__gte=since)
    found = asked.tasks(person).filter(begins, ends)
    found = found if asked.closed else found.open()
    return list(found.by_urgency()[:SHOWN_MAX])


def _ordered(tasks: Sequence[Task]) -> list[tuple[Task, int]]:
    """Sub-tasks below the task that they are a part of, as deep as they lie."""
    shown = {task.pk for task in tasks}
    below: dict[int | None, list[Task]] = {}
    for task in tasks:
        below.setdefault(task.parent_id if task.parent_id in shown else None, []).append(task)
    ordered: list[tuple[Task, int]] = []
    stack = [(task, 0) for task in reversed(below.get(None, []))]
    while stack:
        task, depth = stack.pop()
        ordered.append((task, depth))
        stack += [(one, depth + 1) for one in reversed(below.get(task.pk, []))]
    return ordered


def _bars(tasks: Sequence[tuple[Task, int]], first: date, *, by: int | None) -> list[Bar]:
    return [
        _bar(task, first, place=place, depth=depth, may_move=_may_move(task, by=by))
        for place, (task, depth) in enumerate(tasks)
    ]


def _bar(task: Task, first: date, *, place: int, depth: int, may_move: bool) -> Bar:
    begins = timezone.localdate(task.begins_at or task.created_at)
    ends = max(begins, timezone.localdate(task.deadline)) if task.deadline else begins
    width = ((ends - begins).days + 1) * DAY_WIDTH - 2
    y = HEAD_HEIGHT + place * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) // 2
    return Bar(task, begins, ends, (begins - first).days * DAY_WIDTH + 1, y, width, depth * INDENT, may_move)


def _may_move(task: Task, *, by: int | None) -> bool:
    return not task.is_closed and bool(access.standing(task, by=by) & rules.MAY_CHANGE)


def _arrows(bars: Sequence[Bar]) -> list[Arrow]:
    places = {bar.task.pk: bar for bar in bars}
    found = dependencies.among(bar.task for bar in bars)
    return [_arrow(one, places[one.before_id], places[one.after_id]) for one in found]


def _arrow(dependency: Dependency, before: Bar, after: Bar) -> Arrow:
    kind = dependency.kind
    from_end = kind in (linking.FINISH_START, linking.FINISH_FINISH)
    to_start = kind in (linking.FINISH_START, linking.START_START)
    x, y = (before.end_x if from_end else before.x), before.y + BAR_HEIGHT // 2
    end_x, end_y = (after.x if to_start else after.end_x), after.y + BAR_HEIGHT // 2
    out, into = (x + TURN if from_end else x - TURN), (end_x - TURN if to_start else end_x + TURN)
    middle = before.y + (ROW_HEIGHT + BAR_HEIGHT) // 2 if end_y > y else before.y - (ROW_HEIGHT - BAR_HEIGHT) // 2
    title = f"«{after.task.title}» {gettext(linking.KINDS[kind])}: «{before.task.title}»"
    path = f"M{x} {y}H{out}V{middle}H{into}V{end_y}H{end_x}"
    return Arrow(path, dependencies.hindrance(dependency, before.task, after.task).clashes, title)


def _marks(first: date) -> Iterable[Mark]:
    days = [first + DAY * 7 * place for place in range(WEEKS)]
    return [
        Mark(place * 7 * DAY_WIDTH, format_date(day, "d MMM", locale=words.language()), day.day <= 7)
        for place, day in enumerate(days)
    ]


def _moves(asked: Asked, first: date) -> dict[str, str]:
    return {
        "before_url": asked.url(day=(first - DAY * 28).isoformat()),
        "after_url": asked.url(day=(first + DAY * 28).isoformat()),
        "today_url": asked.url(day=""),
        "live_url": asked.url(day=first.isoformat()),
    }
