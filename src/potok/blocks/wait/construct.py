"""Wait for a message, or until the record is as it should be.

A condition is asked at once and after each change of the fields that it names. A message is awaited by its name, and
by whatever else it must say.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- wait: {when: '{=Document:amount} > 0'}
- wait: {message: paid, where: {number: '{=Document:id}'}}
"""

wait = construct(
    Construct(
        name="wait",
        word="wait",
        title=_("Wait"),
        keys=(
            Key(
                name="when",
                title=_("Condition"),
                kind=KeyKind.CONDITION,
                help=_("A condition on fields of the record."),
            ),
            Key(name="message", title=_("Message"), kind=KeyKind.TEXT, help=_("The name of the message.")),
            Key(name="where", title=_("Says"), kind=KeyKind.VALUES, help=_("What the message must say.")),
        ),
        form=FORM,
        waits=True,
        known_as={"bitrix24": "HandleExternalEventActivity"},
    ),
    module=__name__,
)
