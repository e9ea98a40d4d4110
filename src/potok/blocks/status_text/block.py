"""Say in words where the process stands.

The words are shown in the list of processes and on the card of the record until the next ones.
"""

from dataclasses import dataclass

from potok.kit.words import _
from potok.processes import public as processes
from potok.processes.public import Block, Done, Outcome, World, block, param


@dataclass(frozen=True)
class Params:
    text: str = param(_("Text"), help=_("A few words: “Waits for the lawyer”."))


async def perform(ask: Params, world: World) -> Outcome:
    await world.do(processes.say, text=ask.text)
    return Done()


status_text = block(
    Block(
        name="status_text",
        title=_("Status text"),
        group="records",
        params=Params,
        perform=perform,
        known_as={"bitrix24": "SetStateTitleActivity"},
    )
)
