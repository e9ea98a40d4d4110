"""Send a letter by mail, in a person's name or in the company's.

The letter leaves after the step is kept, once; the process goes on at once. Without a mail server it is kept on the
page of sent letters.
"""

from dataclasses import dataclass
from typing import Literal

from potok.engine.values import EMAIL, NUMBER, FileRef, many
from potok.kit.words import _
from potok.mail.public import letters
from potok.people import public as people
from potok.processes.public import Block, Done, Outcome, People, World, block, codes, param

FORMATS = {"text": _("Plain text"), "html": _("HTML")}


@dataclass(frozen=True)
class Params:
    to: tuple[str, ...] = param(_("To"), type=many(EMAIL), help=_("Addresses, or a field that holds them."))
    subject: str = param(_("Subject"), help=_("Values of the record may be inserted."))
    text: str = param(_("Text"), help=_("Values of the record may be inserted."))
    sender: People | None = param(_("In whose name"), default=None, help=_("The company's, if empty."))
    cc: tuple[str, ...] = param(_("Copy to"), type=many(EMAIL), default=(), help=_("Who gets a copy."))
    files: tuple[FileRef, ...] = param(
        _("Files"), default=(), help=_("Fields and variables that hold files; they go with the letter.")
    )
    format: Literal["text", "html"] = param(
        _("Format"), default="text", choices=FORMATS, help=_("How the text is written.")
    )


async def perform(ask: Params, world: World) -> Outcome:
    senders = await world.ask(people.resolve, whom=codes(ask.sender or ()))
    letter = await world.do(
        letters.send,
        to=ask.to,
        cc=ask.cc,
        subject=ask.subject,
        text=ask.text if ask.format == "text" else "",
        html=ask.text if ask.format == "html" else "",
        sender=senders[0] if senders else None,
        record_type=world.record.type if world.record else "",
        record_id=world.record.id if world.record else None,
        files=[one.id for one in ask.files],
    )
    return Done({"letter": letter.pk})


mail_send = block(
    Block(
        name="mail_send",
        title=_("Send a letter"),
        group="messages",
        params=Params,
        results={"letter": NUMBER},
        perform=perform,
        needs=("mail.letter.send",),
        known_as={"bitrix24": "MailActivity"},
    )
)
