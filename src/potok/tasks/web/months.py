"""The tasks of a month, each on the day of its deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from potok.kit import clock
from potok.tasks.models import Task
from potok.tasks.web import asked as asking
from potok.tasks.web.asked import Asked
from potok.ui import answers, words

DAY = timedelta(days=1)
IN_A_DAY, SHOWN_MAX = 5, 1_000


@dataclass(frozen=True)
class Square:
    """A day of the month with what falls due on it."""

    date: date
    is_other: bool
    is_today: bool
    tasks: Sequence[Task]
    more: int


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Draw the month that `day` lies in."""
    asked = Asked.read(request, layout="month")
    today = timezone.localdate(clock.now())
    month = read_day(asked.day, today).replace(day=1)
    first = month - DAY * month.weekday()
    last = (month + DAY * 31).replace(day=1)
    last += DAY * (-last.weekday() % 7)
    squares = _squares(asked, request.user.pk or 0, first, last, month=month, today=today)
    context = {
        **asking.bars(request, asked),
        "title": format_date(month, "LLLL y", locale=words.language()),
        "weekdays": [format_date(first + DAY * place, "ccc", locale=words.language()) for place in range(7)],
        "weeks": [squares[place : place + 7] for place in range(0, len(squares), 7)],
        "before_url": asked.url(day=(month - DAY).isoformat()),
        "after_url": asked.url(day=(month + DAY * 31).isoformat()),
        "today_url": asked.url(day=""),
        "live_url": asked.url(day=month.isoformat()),
    }
    return answers.draw(request, "tasks/month.html", context, part="tasks/_month.html", push=asked.url(day=asked.day))


def read_day(text: str, today: date) -> date:
    """The day that the address names; a wrong one is today."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if 1900 < found.year < 2200 else today


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The moments between which days lie, on the clock of the reader."""
    here = timezone.get_current_timezone()
    return datetime.combine(first, time(), here), datetime.combine(last, time(), here)


def _squares(asked: Asked, person: int, first: date, last: date, *, month: date, today: date) -> list[Square]:
    since, until = bounds(first, last)
    found = asked.tasks(person).filter(deadline__gte=since, deadline__lt=until).by_urgency()[:SHOWN_MAX]
    by_day: dict[date, list[Task]] = {}
    for task in found:
        by_day.setdefault(timezone.localdate(task.deadline), []).append(task)
    days = [first + DAY * place for place in range((last - first).days)]
    return [_square(day, by_day.get(day, []), month=month, today=today) for day in days]


def _square(day: date, tasks: list[Task], *, month: date, today: date) -> Square:
    shown = tasks if len(tasks) <= IN_A_DAY + 1 else tasks[:IN_A_DAY]
    return Square(day, day.month != month.month, day == today, shown, len(tasks) - len(shown))
