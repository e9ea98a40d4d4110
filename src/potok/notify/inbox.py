"""The page «Входящие» as data: what waits for a person and what he was told, in groups by urgency, then what he put off
and what he waits for himself.

Parts above say how the detail of their kind is drawn, what it asks in one sentence, what may be done to many at once,
and what of theirs a person waits for; this part knows no task and no assignment.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.functional import Promise

from potok.kit.registry import Registry
from potok.notify.models import Notice, Waiting
from potok.notify.queries import asleep_for, notices_for, waiting_for

NOTICES_MAX = 100
OTHERS_MAX = 50
OVERDUE, TODAY, WEEK, LATER, SOME_DAY, EARLIER = "overdue", "today", "week", "later", "some_day", "earlier"
ASLEEP, OTHERS = "asleep", "others"
ORDER = (OVERDUE, TODAY, WEEK, LATER, SOME_DAY, EARLIER, ASLEEP, OTHERS)
NOTICE, MENTION = "notice", "mention"


@dataclass(frozen=True)
class Act:
    """What can be done to many lines of a kind at once. `do(call, waiting)` raises Refused where it cannot.

    With `needs_comment` it is `do(call, waiting, comment)`, and the comment is asked for once for all of them.
    """

    name: str
    title: str | Promise
    do: Callable[..., object]
    needs_comment: bool = False


@dataclass(frozen=True)
class Kind:
    """How one kind of waiting thing is shown. `draw(request, waiting, next_url)` answers the detail as html.

    `subtitle(rows)` says what many rows are about, by their ids, in one question. `sentence(request, waiting)` says who
    asks, about what, until when and what comes next. `acts` may be done to any line, `acts_for(rows)` to these ones.
    """

    name: str
    title: str | Promise
    draw: Callable[[HttpRequest, Waiting, str], str]
    glyph: str = ""
    icon: str = ""
    order: int = 100
    subtitle: Callable[[Sequence[Waiting]], dict[int, str]] | None = None
    sentence: Callable[[HttpRequest, Waiting], str] | None = None
    acts: tuple[Act, ...] = ()
    acts_for: Callable[[Sequence[Waiting]], Sequence[Act]] | None = None

    def offered(self, rows: Sequence[Waiting]) -> list[Act]:
        """What may be done to all of these rows."""
        return [*self.acts, *(self.acts_for(rows) if self.acts_for is not None and rows else ())]


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
    # Somebody else's turn: the line leads to the thing itself.
    of_others: bool = False

    @property
    def wakes_at(self) -> datetime | None:
        """Until when it lies aside."""
        return self.waiting.wakes_at if self.waiting is not None else None


Lines = Callable[[int], Sequence[Line]]
# What a person waits for, by the part that knows it: `lines(person)`.
others: Registry[Lines] = Registry("lines that wait for others")


@dataclass(frozen=True)
class Group:
    """Lines of one urgency."""

    name: str
    lines: list[Line] = field(default_factory=list)


def lines(person: int, *, kind: str = "") -> list[Line]:
    """List what waits for the person and his unread notices; of one kind only, if asked."""
    waits = [] if kind == NOTICE else list(waiting_for(person, kind=kind))
    held = _drawn(waits)
    if kind not in ("", NOTICE):
        return held
    addresses = {one.url for one in waits if one.url}
    told = notices_for(person).filter(seen_at=None)[:NOTICES_MAX]
    # A notice about what waits here anyway says nothing new; being called by name does.
    return held + [_notice(one) for one in told if one.kind == MENTION or one.url not in addresses]


def beside(person: int, *, kind: str = "") -> list[Line]:
    """List what the person put off and what others are to do for him; no counter counts it."""
    asleep = [] if kind == NOTICE else [one for one in asleep_for(person) if kind in ("", one.kind)]
    awaited = [line for lines_of in others.all().values() for line in lines_of(person)]
    return _drawn(asleep) + [one for one in awaited if kind in ("", one.kind)][:OTHERS_MAX]


def grouped(listed: Iterable[Line], *, now: datetime) -> list[Group]:
    """Put lines into groups by urgency, as seen at `now` in the zone of `now`; empty groups are left out."""
    groups = {name: Group(name) for name in ORDER}
    for line in listed:
        groups[urgency(line, now=now)].lines.append(line)
    return [group for group in groups.values() if group.lines]


def urgency(line: Line, *, now: datetime) -> str:
    """Name the group of a line: by its deadline; a notice, which has none, by the day it came."""
    zone = now.tzinfo
    if line.of_others:
        return OTHERS
    if line.wakes_at is not None and line.wakes_at > now:
        return ASLEEP
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


def _drawn(waits: Sequence[Waiting]) -> list[Line]:
    about = _subtitles(waits)
    return [_waiting(one, about.get(one.pk, one.subtitle)) for one in waits]


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
        icon="at-sign" if one.kind == MENTION else "bell",
        notice=one,
    )
