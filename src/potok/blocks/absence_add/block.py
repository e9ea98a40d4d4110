"""Note that people are away.

It stands in the chart of absences, keeps their working time free, and what waits for them goes to those who stand in.
Put it after the approval of a request: what this step writes counts at once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from potok.absences import public as absences
from potok.engine.values import NUMBER
from potok.kit.words import _
from potok.people import public as people
from potok.processes.public import Block, Done, Outcome, People, World, block, codes, param


@dataclass(frozen=True)
class Params:
    to: People = param(_("Who is away"), help=_("Each gets an absence of his own."))
    begins: datetime = param(_("Begins"), help=_("The first moment."))
    ends: datetime = param(_("Ends"), help=_("The first moment at which he is there again."))
    kind: Literal["vacation", "sick", "trip", "maternity", "unpaid", "study", "personal", "other"] = param(
        _("Kind of absence"), default="vacation", choices=absences.USUAL, help=_("What the chart of absences shows.")
    )
    own_kind: str | None = param(
        _("Kind of your own"), default=None, help=_("The code of one of the list of kinds; goes before the kind above.")
    )
    text: str | None = param(_("Note"), default=None, help=_("Values of the record may be inserted."))
    whereabouts: str | None = param(
        _("Where he is meanwhile"), default=None, help=_("Colleagues see it in the calendar.")
    )


async def perform(ask: Params, world: World) -> Outcome:
    named = await world.ask(people.resolve, whom=codes(ask.to))
    if not named:
        raise absences.NOBODY(place="to")
    written = [
        await world.do(
            absences.note,
            person=person,
            begins_at=ask.begins,
            ends_at=ask.ends,
            kind=ask.own_kind or ask.kind,
            text=ask.text or "",
            whereabouts=ask.whereabouts or "",
        )
        for person in named
    ]
    return Done({"absence": written[0].pk, "count": len(written)})


absence_add = block(
    Block(
        name="absence_add",
        title=_("Enter an absence"),
        group="tasks",
        params=Params,
        results={"absence": NUMBER, "count": NUMBER},
        perform=perform,
        known_as={"bitrix24": "AbsenceActivity"},
    )
)
