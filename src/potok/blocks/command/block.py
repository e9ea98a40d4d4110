"""Wait until somebody gives a command.

Those who may give it see a button on the card of the record and on the page of the process. It gives nobody an
assignment and sends no notice; put one before it if people should know. Beside other events it is one of the ways
on: “withdraw” while an approval waits.
"""

from dataclasses import dataclass

from potok.engine.values import PERSON, PersonRef
from potok.kit.words import _
from potok.processes import public as processes
from potok.processes.public import (
    Block,
    CommandGiven,
    Done,
    Outcome,
    People,
    Wait,
    World,
    block,
    param,
)


@dataclass(frozen=True)
class Params:
    title: str = param(_("Command"), help=_("What the button says: “Withdraw the request”."))
    to: People = param(_("Who may give it"), help=_("People, departments, groups or roles."))
    help: str = param(_("Explanation"), help=_("A sentence under the button, if its words are not enough."), default="")


async def perform(ask: Params, world: World) -> Outcome:
    people = processes.codes(ask.to)
    command = await world.do(processes.offer, node=world.node, title=ask.title, people=people, help=ask.help)
    return Wait(CommandGiven, {"command": command})


async def resume(ask: Params, given: CommandGiven | None, world: World) -> Outcome:
    by = given.person if given else None
    return Done({"by": None if by is None else PersonRef(by)})


command = block(
    Block(
        name="command",
        title=_("Command"),
        group="people",
        params=Params,
        perform=perform,
        resume=resume,
        results={"by": PERSON},
        awaits=(CommandGiven,),
        known_as={"bitrix24": "HandleExternalEventActivity"},
        serves="stages.command",
    )
)
