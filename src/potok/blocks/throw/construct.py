"""Raise an error, or call for help.

An error goes to the nearest part that tries and catches it, or ends the process: then whoever runs it gets the error.
An escalation is heard in the same way, and the process goes on unless it is stopped there.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- throw: {error: too_expensive, text: 'The sum is {=Document:amount}'}
- throw: {escalation: late}
"""

throw = construct(
    Construct(
        name="throw",
        word="throw",
        title=_("Throw an error"),
        keys=(
            Key(name="error", title=_("Error"), kind=KeyKind.TEXT, help=_("The code of the error; your own word.")),
            Key(
                name="escalation",
                title=_("Escalation"),
                kind=KeyKind.TEXT,
                help=_("The code of the escalation; your own word."),
            ),
            Key(name="text", title=_("Words"), kind=KeyKind.TEXT, help=_("What is told; values may be inserted.")),
        ),
        form=FORM,
    ),
    module=__name__,
)
