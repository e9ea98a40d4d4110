"""Plan a call, a meeting or a letter with the client, and wait for its result if asked.

It waits in the inbox of whoever is responsible, who is reminded before it begins, and stands on the card of the record
and in his calendar. With “wait” on, the process goes on when it is said to be done or removed; without it, at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from potok.crm.activities import public as activities
from potok.crm.activities.events import ActivityClosed
from potok.engine.values import NUMBER, TEXT, YES_NO, Duration
from potok.kit.calls import Call
from potok.kit.words import _
from potok.people import public as people
from potok.processes.public import Block, Done, Outcome, People, Wait, World, block, codes, param
from potok.records import public as records

MINUTES_OF_DAY, DAYS_OF_MONTH = 24 * 60, 30
TYPE = activities.activity.name


@dataclass(frozen=True)
class Params:
    title: str = param(_("Title"), help=_("What is to be done, in the imperative."))
    responsible: People = param(_("Responsible"), help=_("Who does it; the first, if there are several."))
    kind: Literal["call", "meeting", "letter", "message"] = param(
        _("Kind"), default=activities.CALL, choices=activities.KINDS, help=_("What it is.")
    )
    begins: datetime | None = param(
        _("Begins"), default=None, help=_("When it is planned; without a time it waits in no inbox.")
    )
    ends: datetime | None = param(_("Ends"), default=None, help=_("Until when it lasts."))
    text: str | None = param(_("Details"), default=None, help=_("Values of the record may be inserted."))
    remind_before: Duration | None = param(
        _("Reminder"), default=None, help=_("How long before it begins; nobody is reminded, if empty.")
    )
    link: bool = param(_("Link to the record"), default=True, help=_("Show it on the card of the record."))
    wait: bool = param(_("Wait until it is done"), default=True, help=_("Hold the process until its result is there."))


async def perform(ask: Params, world: World) -> Outcome:
    responsible = await world.ask(people.resolve, whom=codes(ask.responsible))
    if not responsible:
        raise activities.NO_RESPONSIBLE(place="responsible")
    row = await world.do(
        records.verbs[TYPE].add,
        values={
            "title": ask.title,
            "kind": ask.kind,
            "responsible": responsible[0],
            "starts_at": ask.begins,
            "ends_at": ask.ends,
            "remind_minutes": None if ask.remind_before is None else minutes(ask.remind_before),
            "text": ask.text or "",
            "about": [world.record] if ask.link and world.record else [],
        },
    )
    if ask.wait:
        return Wait(event=ActivityClosed, where={"activity": row.pk})
    return Done({"activity": row.pk})


async def resume(ask: Params, closed: ActivityClosed, world: World) -> Outcome:
    return Done({"activity": closed.activity, "result": closed.result, "removed": closed.removed})


def minutes(lasts: Duration) -> int:
    """How long before: a month as thirty days, since a reminder need not be exact so far ahead."""
    return (lasts.months * DAYS_OF_MONTH + lasts.days) * MINUTES_OF_DAY + lasts.seconds // 60


def pretend(call: Call, where: Mapping[str, Any]) -> None:
    """The responsible person says that it is done."""
    row = activities.found(where["activity"], by=None)
    activities.complete(replace(call, by=None), activity=row)


activity_add = block(
    Block(
        name="activity_add",
        title=_("Plan an activity"),
        group="tasks",
        params=Params,
        results={"activity": NUMBER, "result": TEXT, "removed": YES_NO},
        perform=perform,
        resume=resume,
        awaits=(ActivityClosed,),
        pretend=pretend,
        needs=("crm.activity.add",),
        known_as={"bitrix24": "CrmCreateCallActivity"},
    )
)
