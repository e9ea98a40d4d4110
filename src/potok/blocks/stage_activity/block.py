"""Note on the record's card what a stage is about: a call, a meeting, a letter.

The note stands in the feed of the record, with its kind before the words.
"""

from dataclasses import dataclass

from potok.kit.words import _
from potok.processes.public import NO_RECORD, Block, Done, Outcome, World, block, param
from potok.records import public as records


@dataclass(frozen=True)
class Params:
    kind: str = param(_("Kind"), help=_("What it is: a call, a meeting."))
    comment: str | None = param(_("Comment"), default=None, help=_("Values of the record may be inserted."))


async def perform(ask: Params, world: World) -> Outcome:
    if world.record is None:
        raise NO_RECORD(name=ask.kind)
    row = await world.ask(records.get, record=world.record)
    await world.do(records.comments.add, record=row, text=": ".join(filter(None, (ask.kind, ask.comment))))
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
