"""Tell people something: on the site, and further as each of them wishes.

The notice appears at the bell and leads to the record. Whoever is connected by XMPP has it there too, whoever is away
gets it by mail and in his browsers. Groups and departments mean everybody in them. The process goes on at once.
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
    outside: str | None = param(
        _("Text outside the site"), default=None, help=_("For mail, XMPP and browsers; the same text, if empty.")
    )
    sender: People | None = param(
        _("In whose name"), default=None, help=_("Whoever may name another; the process's own, if empty.")
    )


async def perform(ask: Params, world: World) -> Outcome:
    told = await world.ask(people.resolve, whom=codes(ask.to))
    senders = await world.ask(people.resolve, whom=codes(ask.sender)) if ask.sender else []
    for person in told:
        await world.do(
            notices.send,
            to=person,
            text=ask.text,
            outside=ask.outside or "",
            sender=senders[0] if senders else None,
            kind="process",
            why=world.process,
            **world.about(),
        )
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
        needs_when={"sender": "notify.notice.name_sender"},
        known_as={"bitrix24": "IMNotifyActivity"},
    )
)
