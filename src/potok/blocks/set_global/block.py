"""Set a global variable, or add to its number or its list.

The step “Set variables” does this for names such as `GlobalVar:counter`. Two processes that do it at the same moment
lose nothing: what is added is added by both; a value that was worked out from the old one is worked out anew.
"""

from dataclasses import dataclass

from potok.engine.values import ANY, Value
from potok.kit.words import _
from potok.processes.public import Block, Done, Outcome, World, block, param, shared


@dataclass(frozen=True)
class Params:
    name: str = param(_("Global variable"), help=_("Its name, without “GlobalVar:”."))
    value: Value = param(_("Value"), default=None, type=ANY, help=_("What it is to hold."))
    add: Value = param(_("Add"), default=None, type=ANY, help=_("A number, or items of a list, to be added instead."))
    was: Value = param(_("Old value"), default=None, type=ANY, help=_("What the value was worked out from."))
    checks: bool = param(_("Compare"), default=False, help=_("Set it only if it still holds the old value."))


async def perform(ask: Params, world: World) -> Outcome:
    held = await world.do(shared.set_, name=ask.name, value=ask.value, add=ask.add, was=ask.was, checks=ask.checks)
    return Done({ask.name: held})


set_global = block(
    Block(
        name="set_global",
        title=_("Set a global variable"),
        group="constructs",
        params=Params,
        perform=perform,
        needs=("processes.global.set",),
        known_as={"bitrix24": "SetGlobalVariableActivity"},
        serves="globals.set",
    )
)
