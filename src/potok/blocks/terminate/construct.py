"""End the whole process, whatever else of it is under way.

Open assignments are withdrawn, pauses forgotten, processes that it waits for are ended. The words stay in the list of
processes as the reason.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- terminate: 'Declined: {=Variable:reason}'
"""

terminate = construct(
    Construct(
        name="terminate",
        word="terminate",
        title=_("End the process"),
        keys=(
            Key(name="terminate", title=_("Words"), kind=KeyKind.TEXT, help=_("Why it ended; values may be inserted.")),
        ),
        form=FORM,
        known_as={"bitrix24": "TerminateActivity"},
    ),
    module=__name__,
)
