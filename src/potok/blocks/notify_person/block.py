"""Tell people something on the site.

The notice appears at the bell and leads to the record. The process goes on at once.
"""

from dataclasses import dataclass

from potok.engine.values import NUMBER
from potok.kit.words import _
from potok.notify.public import notices
from potok.people import public as people
from potok.processes.public import Block, Done, Outcome, People, World, block, codes, param


@dataclass(frozen=True)
class Params:
    to: People = param(_("To"), help=_("Who is told."))
    text: str = param(_("Text"), help=_("What is told; values of the record may be inserted."))


async def perform(ask: Params, world: World) -> Outcome:
    told = await world.ask(people.resolve, whom=codes(ask.to))
    for person in told:
        await world.do(notices.send, to=person, text=ask.text, kind="process", why=world.process, **world.about())
    return Done({"count": len(told)})


notify_person = block(
    Block(
        name="notify_person",
        title=_("Notify"),
        group="messages",
        params=Params,
        results={"count": NUMBER},
        perform=perform,
        needs=("notify.notice.send",),
        known_as={"bitrix24": "IMNotifyActivity"},
    )
)
