"""Events that come again, changed in part: one of them, or one and all that follow.

One that goes otherwise is an event of its own beside its series, which leaves that day out.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from potok.calendar import access, operations, rules
from potok.calendar.models import Event, Guest, read
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.kit.operations import operation
from potok.ui import words

DAY = timedelta(days=1)
COPIED = ("title", "text", "place", "kind", "whole_day", "zone", "remind_minutes")
OF_SERIES = ("repeats", "repeats_until")


@operation("calendar.event.change_one", needs="")
def change_one(call: Call, *, event: Event, day: date, fields: dict[str, Any]) -> Event:
    """Change one of the events that come again: that which begins on this day of the event's own clock.

    It stays with its series: who removes the series removes it, too. Fields of the series itself are not taken.
    """
    access.check_write(call, event=event)
    wanted = {name: value for name, value in fields.items() if name not in OF_SERIES}
    if apart := standing_apart(event, day=day):
        return operations.change(call, event=apart, fields=wanted)
    begins_at = _begins(event, day)
    given = {**_copied(event), "begins_at": begins_at, "ends_at": begins_at + (event.ends_at - event.begins_at)}
    if "begins_at" in wanted and "ends_at" not in wanted:
        given["ends_at"] = wanted["begins_at"] + (event.ends_at - event.begins_at)
    made = operations.add(call, **{**given, **wanted})
    Event.objects.filter(pk=made.pk).update(series=event, series_at=begins_at)
    made.series_id, made.series_at = event.pk, begins_at
    operations.skip(call, event=event, day=day)
    _bring_guests(event, made)
    return made


@operation("calendar.event.change_following", needs="")
def change_following(call: Call, *, event: Event, day: date, fields: dict[str, Any]) -> Event:
    """Change one of the events that come again and all that follow: they are a series of their own from then on."""
    access.check_write(call, event=event)
    begins_at = _begins(event, day)
    if begins_at == event.begins_at:
        return change_all(call, event=event, day=day, fields=fields)
    lasts = event.ends_at - event.begins_at
    given = {**_copied(event), "begins_at": begins_at, "ends_at": begins_at + lasts, "repeats": event.repeats}
    given |= {"repeats_until": event.repeats_until, **_until(event, day, fields)}
    if "begins_at" in fields and "ends_at" not in fields:
        given["ends_at"] = fields["begins_at"] + lasts
    # A rule that ends after so many counts those that have been.
    given["repeats"] = _left(event, begins_at)
    made = operations.add(call, **{**given, **fields})
    if "begins_at" in fields:
        _check_comes(made, day=made.begins_on)
    same_days = made.begins_on == day
    if same_days:
        Event.objects.filter(pk=made.pk).update(skipped=[one for one in event.skipped if one >= day])
    following = event.apart.filter(series_at__gte=begins_at)
    following.update(series=made) if same_days else following.delete()
    operations.change(call, event=event, fields={"repeats": _past(event), "repeats_until": day - DAY})
    _bring_guests(event, made)
    made.refresh_from_db()
    return made


@operation("calendar.event.change_all", needs="")
def change_all(call: Call, *, event: Event, day: date, fields: dict[str, Any]) -> Event:
    """Change all events of a series, with the times of the one that begins on this day of the event's own clock.

    They keep the day on which they began, or move as far from it as that one does.
    """
    access.check_write(call, event=event)
    zone, passed = ZoneInfo(event.zone), day - event.begins_on
    both = ("begins_at", "ends_at")
    moved: dict[str, Any] = {name: fields[name].astimezone(zone) - passed for name in both if name in fields}
    changed = operations.change(call, event=event, fields={**_until(event, day, fields), **fields, **moved})
    if "begins_at" in moved:
        _check_comes(changed, day=fields["begins_at"].astimezone(zone).date())
    return changed


@operation("calendar.event.set_exceptions", needs="")
def set_exceptions(
    call: Call, *, event: Event, skipped: Collection[date] = (), apart: Mapping[date, dict[str, Any]] | None = None
) -> None:
    """Say which days of a series are left out, and which go otherwise, all of them; what is not named goes as usual.

    Days on which the series does not come are passed over.
    """
    access.check_write(call, event=event)
    if not event.repeats:
        return
    wanted = {day: fields for day, fields in (apart or {}).items() if _comes(event, day)}
    there = {one.series_at.astimezone(ZoneInfo(event.zone)).date(): one for one in event.apart.all() if one.series_at}
    for day in there.keys() - wanted.keys():
        operations.remove(call, event=there[day])
    now = sorted({*skipped, *(wanted.keys() & there.keys())})
    if now != event.skipped:
        Event.objects.filter(pk=event.pk).update(skipped=now, changed_at=call.at)
        event.skipped = now
        operations.set_reminder(call, event=event)
    for day, fields in wanted.items():
        change_one(call, event=event, day=day, fields=fields)


def _check_comes(event: Event, *, day: date) -> None:
    """Refuse to move a series onto a day on which its rule does not let it come: it would not be seen there."""
    if event.repeats and not _comes(event, day):
        raise rules.NOT_BY_ITS_RULE(place="day", day=words.day(day))


def _until(event: Event, day: date, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The last day of a series moves with it."""
    if event.repeats_until is None or "begins_at" not in fields:
        return {}
    return {"repeats_until": event.repeats_until + (fields["begins_at"].astimezone(ZoneInfo(event.zone)).date() - day)}


def _comes(event: Event, day: date) -> bool:
    first = datetime.combine(day, time(), ZoneInfo(event.zone))
    return bool(event.times(first, first + DAY)) or day in event.skipped


def one(event: Event, *, day: date) -> Event:
    """The one of a series that begins on a day of its clock; refused when none does."""
    return event.at(_begins(event, day))


def on(event: Event, *, day: str) -> Event:
    """The event as it stands on the day that an address names; as it is where the address names none of its days."""
    try:
        return one(event, day=rules.day_named(day)) if event.repeats else event
    except Refused:
        return event


def standing_apart(event: Event, *, day: date) -> Event | None:
    """The event that stands for one of a series on a day of its clock, if that goes otherwise."""
    first = datetime.combine(day, time(), ZoneInfo(event.zone))
    return event.apart.filter(series_at__gte=first, series_at__lt=first + DAY).first()


def _begins(event: Event, day: date) -> datetime:
    first = datetime.combine(day, time(), ZoneInfo(event.zone))
    for moment in event.times(first, datetime.combine(day + DAY, time(), ZoneInfo(event.zone))):
        return moment
    raise rules.NO_SUCH_TIME(place="on", day=day.isoformat())


def _copied(event: Event) -> dict[str, Any]:
    given = {name: getattr(event, name) for name in COPIED}
    return {**given, "person": event.person_id, "calendar": event.calendar_id, "records": [*map(read, event.records)]}


def _left(event: Event, begins_at: datetime) -> str:
    """The rule without those that have been, if it counts."""
    parts = dict(part.split("=", 1) for part in event.repeats.split(";") if "=" in part)
    if "COUNT" not in parts:
        return event.repeats
    whole = Event(**{name: getattr(event, name) for name in ("begins_at", "ends_at", "zone", "repeats")})
    past = len(whole.times(event.begins_at, begins_at))
    parts["COUNT"] = str(max(1, int(parts["COUNT"]) - past))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _past(event: Event) -> str:
    return ";".join(part for part in event.repeats.split(";") if not part.startswith("COUNT="))


def _bring_guests(event: Event, made: Event) -> None:
    """Whoever is invited to a series is invited to what comes of it, and is not asked again."""
    Guest.objects.bulk_create(
        [
            Guest(event=made, person_id=one.person_id, answer=one.answer, answered_at=one.answered_at)
            for one in event.guests.all()
        ]
    )
