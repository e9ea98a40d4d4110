"""The board of tasks: by the columns of a project, or by when they are due. A card that is moved changes its task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.engine.values import END_OF_DAY
from potok.kit import clock, doors
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING, refusal
from potok.kit.words import _
from potok.tasks import operations, projects, queries
from potok.tasks.web import asked as asking
from potok.tasks.web import shapes
from potok.tasks.web.asked import Asked
from potok.ui import answers

SHOWN_MAX = 500
STAGE, DEADLINE = "stage", "deadline"
OVERDUE, TODAY, WEEK, NEXT_WEEK, LATER, NONE = "overdue", "today", "week", "next_week", "later", "none"
TERMS = {
    OVERDUE: _("Overdue"),
    TODAY: _("Today"),
    WEEK: _("This week"),
    NEXT_WEEK: _("Next week"),
    LATER: _("Later"),
    NONE: _("Without a deadline"),
}
NOT_A_TERM = refusal("tasks.board.not_a_term", _("Nothing is made overdue by hand. Choose another column."))


@dataclass(frozen=True)
class Column:
    """A column with its cards; a task may be given right into it."""

    name: str
    title: str
    rows: Sequence[shapes.Row]
    add_url: str = ""


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Draw the board, or move a card of it."""
    asked = Asked.read(request, layout="board")
    if request.method == "POST":
        return _move(request, asked)
    tasks = asked.tasks(request.user.pk or 0).open().by_urgency()[:SHOWN_MAX]
    rows = shapes.rows(tasks, by=request.user.pk)
    staged = _by_stage(asked)
    context = {
        **asking.bars(request, asked),
        "columns": _staged(asked, rows) if staged else _due(rows),
        "is_staged": staged,
        "stage_url": asked.url(by=STAGE) if asked.group and projects.stages(asked.group) else "",
        "deadline_url": asked.url(by=DEADLINE),
        "move_url": asked.url(),
    }
    return answers.draw(request, "tasks/board.html", context, part="tasks/_board.html", push=asked.url())


def term(deadline: datetime | None, *, now: datetime) -> str:
    """The column of a deadline, on the clock of `now`."""
    if deadline is None:
        return NONE
    day, monday = deadline.astimezone(now.tzinfo).date(), now.date() - timedelta(days=now.weekday())
    if deadline <= now:
        return OVERDUE
    if day == now.date():
        return TODAY
    if day < monday + timedelta(days=7):
        return WEEK
    return NEXT_WEEK if day < monday + timedelta(days=14) else LATER


def due(column: str, *, now: datetime) -> datetime | None:
    """The deadline that moving a card into a column sets: its last working day, at the end of it."""
    friday = now.date() + timedelta(days=4 - now.weekday())
    days: dict[str, date] = {
        TODAY: now.date(),
        WEEK: max(friday, now.date() + timedelta(days=1)),
        NEXT_WEEK: friday + timedelta(days=7),
        LATER: friday + timedelta(days=14),
    }
    if column not in TERMS or column == OVERDUE:
        raise NOT_A_TERM(place="column")
    return datetime.combine(days[column], END_OF_DAY, now.tzinfo) if column in days else None


def _move(request: HttpRequest, asked: Asked) -> HttpResponse:
    card, column = request.POST.get("card", ""), request.POST.get("column", "")
    if not card.isdecimal():
        raise MISSING(id=card)
    task = queries.found(request.user.pk, id=int(card))
    with doors.opened(request.user.pk, door=SCREEN) as call:
        if column.isdecimal():
            projects.place(call, task=task, stage=int(column))
        else:
            now = timezone.localtime(clock.now())
            operations.change(call, task=task, fields={"deadline": due(column, now=now)})
    return answers.done(request)


def _by_stage(asked: Asked) -> bool:
    return asked.by != DEADLINE and bool(asked.group and projects.stages(asked.group))


def _staged(asked: Asked, rows: Sequence[shapes.Row]) -> list[Column]:
    stages = projects.stages(asked.group or 0)
    first = stages[0].pk
    give = f"{reverse('tasks:new')}?group={asked.group}"
    return [
        Column(
            str(stage.pk),
            stage.title,
            [row for row in rows if (row.task.stage_id or first) == stage.pk],
            give if stage.pk == first else "",
        )
        for stage in stages
    ]


def _due(rows: Sequence[shapes.Row]) -> list[Column]:
    now = timezone.localtime(clock.now())
    by_term: dict[str, list[shapes.Row]] = {name: [] for name in TERMS}
    for row in rows:
        by_term[term(row.task.deadline, now=now)].append(row)
    return [Column(name, gettext(title), by_term[name]) for name, title in TERMS.items()]
