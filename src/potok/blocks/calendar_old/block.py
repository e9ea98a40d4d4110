"""Write an event into the calendar the old way.

It stays for definitions that have it already. The newer one knows calendars of groups and of the company, reminders and
whole days: take that one for what is drawn anew. The process goes on at once.
"""

from dataclasses import dataclass
from datetime import datetime

from potok.calendar import public as calendar
from potok.engine.values import NUMBER
from potok.kit.words import _
from potok.people import public as people
from potok.processes.public import Block, Done, Outcome, People, World, block, codes, param


@dataclass(frozen=True)
class Params:
    to: People = param(_("Whose calendar"), help=_("Each gets an event of his own."))
    title: str = param(_("Title"), help=_("What it is, in a few words."))
    begins: datetime = param(_("Begins"), help=_("At which moment."))
    ends: datetime | None = param(_("Ends"), default=None, help=_("An hour after the beginning, if empty."))
    text: str | None = param(_("Details"), default=None, help=_("Values of the record may be inserted."))


async def perform(ask: Params, world: World) -> Outcome:
    named = await world.ask(people.resolve, whom=codes(ask.to))
    if not named:
        raise calendar.NOBODY(place="to")
    written = [
        await world.do(
            calendar.add, person=person, title=ask.title, begins_at=ask.begins, ends_at=ask.ends, text=ask.text or ""
        )
        for person in named
    ]
    return Done({"event": written[0].pk})


calendar_old = block(
    Block(
        name="calendar_old",
        title=_("Calendar event (old calendar)"),
        group="tasks",
        params=Params,
        results={"event": NUMBER},
        perform=perform,
        known_as={"bitrix24": "CalendarActivity"},
        successor="Calendar2Activity",
    )
)
