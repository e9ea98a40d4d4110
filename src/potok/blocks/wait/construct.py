"""Wait for a message, or until a record is as it should be.

A condition is asked at once and after each change of the fields that it names; the record may be another one, to which
a link leads. A message is awaited by its name, and by whatever else it must say; what it says besides can be kept as
results. With a limit, the process goes on without it after so long.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- wait: {when: '{=Document:amount} > 0'}
- wait: {stage: [WON, LOST], record: '{=Document:company}'}
- wait: {message: paid, where: {number: '{=Document:id}'}, results: {sum: {type: money}}, limit: 3 days}
  late:
    - block: notify_person
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
            Key(name="stage", title=_("Stage"), kind=KeyKind.VALUE, help=_("One of these stages is come to.")),
            Key(
                name="record",
                title=_("Another record"),
                kind=KeyKind.VALUE,
                help=_("A link to the record that is watched, if it is not the own one of the process."),
            ),
            Key(name="message", title=_("Message"), kind=KeyKind.TEXT, help=_("The name of the message.")),
            Key(name="where", title=_("Says"), kind=KeyKind.VALUES, help=_("What the message must say.")),
            Key(
                name="results",
                title=_("Results"),
                kind=KeyKind.VALUES,
                help=_("What of the message is kept: names with types."),
            ),
            Key(
                name="limit",
                title=_("At the longest"),
                kind=KeyKind.VALUE,
                help=_("After so long nobody waits any more."),
            ),
            Key(
                name="late", title=_("When it is too late"), kind=KeyKind.STEPS, help=_("What is done after the limit.")
            ),
        ),
        form=FORM,
        waits=True,
        known_as={"bitrix24": "HandleExternalEventActivity"},
    ),
    module=__name__,
)
