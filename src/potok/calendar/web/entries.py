"""Everything that stands in a person's calendar, as a reader sees it: events, what is planned, what falls due."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from potok.calendar import access, inviting, links, queries
from potok.calendar.models import Event
from potok.calendar.places import DUE, MINE, Entry, sources
from potok.engine.values import RecordRef
from potok.notify.public import waiting_for

SHOWN_MAX = 500
FARTHEST = timedelta(days=1)  # how far apart clocks may stand: a whole day is the same day everywhere


def between(
    person: int, first: datetime, last: datetime, *, by: int | None, calendars: Collection[int] = ()
) -> list[Entry]:
    """The entries of a stretch of time, in the order of their beginnings; of shared calendars those of these."""
    mine = queries.visible_to(by).filter(queries.standing_with(person) | Q(calendar__in=calendars))
    found = list(mine.select_related("calendar").between(first - FARTHEST, last + FARTHEST).by_time()[:SHOWN_MAX])
    titled = links.of((ref for one in found for ref in one.refs()[:1]), by=by)
    moved = access.writable(found, by=by)
    shown = (_event(each, titled, moves=one.pk in moved) for one in found for each in _times(one, first, last))
    entries = [one for one in shown if _meets(one, first, last)]
    for source in sources.all():
        entries += source.between(by, person, first, last)
    if by == person:
        entries += _due(person, first, last)
    return sorted(entries, key=lambda one: one.begins_at)


def _times(one: Event, first: datetime, last: datetime) -> Iterator[Event]:
    """The event at each of its times that may meet the stretch."""
    if not one.repeats:
        yield one
        return
    lasts = one.ends_at - one.begins_at
    yield from map(one.at, one.times(first - lasts - FARTHEST, last + FARTHEST))


def _event(one: Event, titled: Mapping[RecordRef, links.Link], *, moves: bool) -> Entry:
    about = [titled[ref].title for ref in one.refs()[:1] if ref in titled]
    begins, ends = _days(one) if one.whole_day else (one.begins_at, one.ends_at)
    on = f"?on={one.begins_on:%Y-%m-%d}" if one.repeats else ""
    return Entry(
        title=one.title,
        url=reverse("calendar:card", args=[one.pk]) + on,
        begins_at=begins,
        ends_at=ends,
        note=one.place or (about[0] if about else ""),
        tone=one.calendar.tone if one.calendar else MINE,
        whole_day=one.whole_day,
        moves=reverse("calendar:time", args=[one.pk]) + on if moves else "",
        comes_again=bool(one.repeats),
    )


def _days(one: Event) -> tuple[datetime, datetime]:
    """The same days on the reader's own clock."""
    here = timezone.get_current_timezone()
    last = one.ends_on + timedelta(days=1)
    return datetime.combine(one.begins_on, time(), here), datetime.combine(last, time(), here)


def _meets(one: Entry, first: datetime, last: datetime) -> bool:
    ends = one.ends_at or one.begins_at
    return one.begins_at < last and (ends > first or one.begins_at >= first)


def _due(person: int, first: datetime, last: datetime) -> Sequence[Entry]:
    """What waits in one's inbox by a deadline, without what a source above shows itself."""
    # The event of an invitation stands there itself.
    shown = [inviting.KIND, *(source.inbox for source in sources.all() if source.inbox)]
    rows = waiting_for(person).filter(due_at__gte=first, due_at__lt=last).exclude(kind__in=shown)[:SHOWN_MAX]
    return [Entry(row.title, row.url or "/inbox/", row.due_at, tone=DUE) for row in rows if row.due_at]
