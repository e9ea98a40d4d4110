"""Wait for a time, or until a moment.

A pause until a date of the record moves when the date moves. If the date is emptied meanwhile, somebody is asked what
to do. Days begin and end in the time zone of the process. In working time only hours count in which the company, or a
person, works: weekends, holidays and absences do not. A pause lasts a minute or longer, years if need be.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- pause: {for: 2 days}
- pause: {until: '{=Document:close_on}', before: 1 day}
- pause: {for: 4h, working: true, person: '{=Document:responsible}'}
- pause: {workday_of: '{=Document:responsible}'}
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
            Key(
                name="working",
                title=_("In working time"),
                kind=KeyKind.YES_NO,
                help=_("Count only what is worked; a moment out of hours means the next working hour."),
            ),
            Key(
                name="person",
                title=_("Whose working time"),
                kind=KeyKind.VALUE,
                help=_("The company’s if nobody is named."),
            ),
            Key(
                name="workday_of",
                title=_("Until the working day of"),
                kind=KeyKind.VALUE,
                help=_("Goes on when this person is at work: at once, or when the next working day begins."),
            ),
        ),
        form=FORM,
        waits=True,
        known_as={"bitrix24": "DelayActivity"},
    ),
    module=__name__,
)
