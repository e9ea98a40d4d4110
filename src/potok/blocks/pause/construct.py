"""Wait for a time, or until a moment.

A pause until a date of the record moves when the date moves. If the date is emptied meanwhile, somebody is asked what
to do. Days begin and end in the time zone of the process.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- pause: {for: 2 days}
- pause: {until: '{=Document:close_on}', before: 1 day}
"""

pause = construct(
    Construct(
        name="pause",
        word="pause",
        title=_("Pause"),
        keys=(
            Key(name="for", title=_("For"), kind=KeyKind.VALUE, help=_("How long: “2 days”, “3 hours”.")),
            Key(
                name="until",
                title=_("Until"),
                kind=KeyKind.VALUE,
                help=_("A date or a moment, or a formula that gives one."),
            ),
            Key(
                name="before",
                title=_("Before it"),
                kind=KeyKind.VALUE,
                help=_("How long before that moment the pause ends."),
            ),
        ),
        form=FORM,
        waits=True,
        known_as={"bitrix24": "DelayActivity"},
    ),
    module=__name__,
)
