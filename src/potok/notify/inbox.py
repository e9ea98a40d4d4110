"""The page «Входящие» as data: what waits for a person and what he was told, in groups by urgency.

Parts above say how the detail of their kind is drawn; this part knows no task and no assignment.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.functional import Promise

from potok.kit.registry import Registry
from potok.notify.models import Notice, Waiting
from potok.notify.queries import notices_for, waiting_for

NOTICES_MAX = 100
OVERDUE, TODAY, WEEK, LATER, SOME_DAY, EARLIER = "overdue", "today", "week", "later", "some_day", "earlier"
ORDER = (OVERDUE, TODAY, WEEK, LATER, SOME_DAY, EARLIER)
NOTICE = "notice"


@dataclass(frozen=True)
class Kind:
    """How one kind of waiting thing is shown. `draw(request, waiting, next_url)` answers the detail as html.

    `subtitle(rows)` says what many rows are about, by their ids, in one question.
    """

    name: str
    title: str | Promise
    draw: Callable[[HttpRequest, Waiting, str], str]
    glyph: str = ""
    icon: str = ""
    order: int = 100
    subtitle: Callable[[Sequence[Waiting]], dict[int, str]] | None = None


kinds: Registry[Kind] = Registry("kind of waiting thing")


@dataclass(frozen=True)
class Line:
    """One line of the list. `key` stands in the address: «task:12», «notice:7»."""

    key: str
    kind: str
    title: str
    about: str
    url: str
    at: datetime
    due_at: datetime | None = None
    glyph: str = ""
    icon: str = ""
    waiting: Waiting | None = None
    notice: Notice | None = None


@dataclass(frozen=True)
class Group:
    """Lines of one urgency."""

    name: str
    lines: list[Line] = field(default_factory=list)


def lines(person: int, *, kind: str = "") -> list[Line]:
    """List what waits for the person and his unread notices; of one kind only, if asked."""
    waits = [] if kind == NOTICE else list(waiting_for(person, kind=kind))
    about = _subtitles(waits)
    held = [_waiting(one, about.get(one.pk, one.subtitle)) for one in waits]
    if kind not in ("", NOTICE):
        return held
    addresses = {one.url for one in waits if one.url}
    told = [one for one in notices_for(person).filter(seen_at=None)[:NOTICES_MAX] if one.url not in addresses]
    return held + [_notice(one) for one in told]


def grouped(listed: Iterable[Line], *, now: datetime) -> list[Group]:
    """Put lines into groups by urgency, as seen at `now` in the zone of `now`; empty groups are left out."""
    groups = {name: Group(name) for name in ORDER}
    for line in listed:
        groups[urgency(line, now=now)].lines.append(line)
    return [group for group in groups.values() if group.lines]


def urgency(line: Line, *, now: datetime) -> str:
    """Name the group of a line: by its deadline; a notice, which has none, by the day it came."""
    zone = now.tzinfo
    if line.notice is not None:
        return TODAY if line.at.astimezone(zone).date() == now.date() else EARLIER
    if line.due_at is None:
        return SOME_DAY
    if line.due_at <= now:
        return OVERDUE
    day = line.due_at.astimezone(zone).date()
    if day == now.date():
        return TODAY
    return WEEK if day <= now.date() + timedelta(days=6 - now.weekday()) else LATER


def after(listed: Sequence[Line], key: str) -> Line | None:
    """The line that comes next when this one is done; before the end of the list, the one above."""
    keys = [line.key for line in listed]
    if key not in keys:
        return None
    here = keys.index(key)
    others = [*listed[here + 1 :], *reversed(listed[:here])]
    return others[0] if others else None


def _subtitles(waits: Sequence[Waiting]) -> dict[int, str]:
    told: dict[int, str] = {}
    for name, kind in kinds.all().items():
        mine = [one for one in waits if one.kind == name]
        if mine and kind.subtitle is not None:
            told |= kind.subtitle(mine)
    return told


def _waiting(one: Waiting, about: str) -> Line:
    kind = kinds.get(one.kind)
    return Line(
        key=one.key,
        kind=one.kind,
        title=one.title,
        about=about or (str(kind.title) if kind else ""),
        url=one.url,
        at=one.opened_at,
        due_at=one.due_at,
        glyph=kind.glyph if kind else "person",
        icon=kind.icon if kind else "",
        waiting=one,
    )


def _notice(one: Notice) -> Line:
    return Line(
        key=f"{NOTICE}:{one.pk}",
        kind=NOTICE,
        title=one.text,
        about=one.why,
        url=one.url,
        at=one.sent_at,
        icon="bell",
        notice=one,
    )
