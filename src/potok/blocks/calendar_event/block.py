"""Write an event into people's calendars.

It stands in the personal calendar of each who is named, and on the card of the record, and reminds them before it
begins. With a type of calendars and its owner it stands once, in the calendar of the group or of the company. The
process goes on at once; put a pause until the beginning after it to wait for the event.
"""

from dataclasses import dataclass
from datetime import datetime

from potok.calendar import public as calendar
from potok.engine.values import NUMBER, Duration
from potok.kit.words import _
from potok.people import public as people
from potok.processes.public import Block, Done, Outcome, People, World, block, codes, param

MINUTES_OF_DAY, DAYS_OF_MONTH = 24 * 60, 30


@dataclass(frozen=True)
class Params:
    to: People = param(_("Whose calendar"), help=_("Each gets an event of his own."))
    title: str = param(_("Title"), help=_("What it is, in a few words."))
    begins: datetime = param(_("Begins"), help=_("A moment; for whole days the first one."))
    ends: datetime | None = param(
        _("Ends"), default=None, help=_("An hour after the beginning, if empty; for whole days after the last one.")
    )
    whole_day: bool = param(_("Whole day"), default=False, help=_("Stands above the hours."))
    kind: str | None = param(
        _("Type"), default=None, help=_("An entry of the dictionary of types of events; none, if empty.")
    )
    place: str | None = param(_("Place"), default=None, help=_("Where it is."))
    text: str | None = param(_("Details"), default=None, help=_("Values of the record may be inserted."))
    remind_before: Duration | None = param(
        _("Reminder"), default=None, help=_("How long before it begins; nobody is reminded, if empty.")
    )
    calendar: str | None = param(
        _("Type of the calendar"),
        default=None,
        help=_("One of the types of the settings, such as “group”; the personal calendar, if empty."),
    )
    owner: int | None = param(
        _("Owner of the calendar"),
        default=None,
        help=_("The number of the group, or of the calendar; only for a calendar that is not a person's."),
    )
    link: bool = param(_("Link to the record"), default=True, help=_("Show it on the card of the record."))


async def perform(ask: Params, world: World) -> Outcome:
    named = await world.ask(people.resolve, whom=codes(ask.to))
    if not named:
        raise calendar.NOBODY(place="to")
    shared = await world.ask(calendar.shared, type=ask.calendar, owner=ask.owner) if ask.calendar else None
    written = [
        await world.do(
            calendar.add,
            person=person,
            calendar=shared,
            title=ask.title,
            begins_at=ask.begins,
            ends_at=ask.ends,
            whole_day=ask.whole_day,
            kind=ask.kind or "",
            place=ask.place or "",
            text=ask.text or "",
            records=[world.record] if ask.link and world.record else [],
            remind_minutes=None if ask.remind_before is None else minutes(ask.remind_before),
        )
        # In a shared calendar it stands once, whoever is named.
        for person in (named if shared is None else named[:1])
    ]
    return Done({"event": written[0].pk, "count": len(written)})


def minutes(lasts: Duration) -> int:
    """How long before: a month as thirty days, since a reminder need not be exact so far ahead."""
    return (lasts.months * DAYS_OF_MONTH + lasts.days) * MINUTES_OF_DAY + lasts.seconds // 60


calendar_event = block(
    Block(
        name="calendar_event",
        title=_("Add to the calendar"),
        group="tasks",
        params=Params,
        results={"event": NUMBER, "count": NUMBER},
        perform=perform,
        known_as={"bitrix24": "Calendar2Activity"},
    )
)
