"""Change fields of the record that the process is about.

All fields change at once, as if a person had changed them: with history, with announcements, with the same rules. When
somebody else holds the record at that moment, the process rests a little and tries again.
"""

from dataclasses import dataclass

from potok.engine.graph import Header
from potok.kit.words import _
from potok.processes.public import NO_RECORD, Block, Done, Fields, Outcome, World, block, param
from potok.records import public as records


@dataclass(frozen=True)
class Params:
    fields: Fields = param(_("Fields"), help=_("Which fields get which values."))


async def perform(ask: Params, world: World) -> Outcome:
    if world.record is None:
        raise NO_RECORD(name=", ".join(ask.fields))
    row = await world.ask(records.get, record=world.record)
    await world.do(records.verbs[world.record.type].change, record=row, values=ask.fields)
    return Done()


def needs(header: Header) -> tuple[str, ...]:
    """The right to change records of the type that the definition runs on."""
    return (records.type_named(header.record).may("edit"),)


record_change = block(
    Block(
        name="record_change",
        title=_("Change the record"),
        group="records",
        params=Params,
        perform=perform,
        needs=needs,
        known_as={"bitrix24": "SetFieldActivity"},
    )
)
