"""Note on the record's card what a stage is about: a call, a meeting, a letter.

The note stands in the feed of the record, with its kind before the words, and as an event in the calendar of whoever
is responsible for the stage. An entry of the dictionary of types of events that is called like the kind is its type.
"""

from dataclasses import dataclass

from potok.calendar import public as calendar
from potok.kit.words import _
from potok.people import public as people
from potok.processes.public import NO_RECORD, Block, Done, Outcome, People, World, block, codes, param
from potok.records import public as records


@dataclass(frozen=True)
class Params:
    kind: str = param(_("Kind"), help=_("What it is: a call, a meeting."))
    comment: str | None = param(_("Comment"), default=None, help=_("Values of the record may be inserted."))
    to: People | None = param(_("Whose calendar"), default=None, help=_("Who started the process, if empty."))


async def perform(ask: Params, world: World) -> Outcome:
    if world.record is None:
        raise NO_RECORD(name=ask.kind)
    row = await world.ask(records.get, record=world.record)
    named = await world.ask(people.resolve, whom=codes(ask.to or ()))
    kind = await world.ask(calendar.kind, named=ask.kind)
    await world.do(records.comments.add, record=row, text=": ".join(filter(None, (ask.kind, ask.comment))))
    # What a schedule started has nobody in whose calendar it could stand, unless the stage names him.
    if person := named[0] if named else world.initiator:
        await world.do(
            calendar.add,
            person=person,
            title=ask.kind,
            text=ask.comment or "",
            kind=kind,
            begins_at=world.at,
            records=[world.record],
        )
    return Done()


stage_activity = block(
    Block(
        name="stage_activity",
        title=_("Note on the record"),
        group="stages",
        params=Params,
        perform=perform,
        serves="stages.activity",
    )
)
