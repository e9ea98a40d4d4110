"""Wait for whichever of several events comes first.

Each begins with something that waits: a pause, a wait, a person, another process. The steps under the event that comes
first are done; the other events are given up.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- race:
    - block: approve
      do:
        - block: notify_person
    - pause: {for: 3 days}
      do:
        - terminate: Nobody answered
"""

race = construct(
    Construct(
        name="race",
        word="race",
        title=_("First of several events"),
        keys=(
            Key(
                name="race",
                title=_("Events"),
                kind=KeyKind.EVENTS,
                help=_("Steps that wait; the first to happen wins."),
                required=True,
            ),
            Key(name="do", title=_("Steps"), kind=KeyKind.STEPS, help=_("What is done when this event comes first.")),
        ),
        form=FORM,
        waits=True,
        known_as={"bitrix24": "ListenActivity"},
    ),
    module=__name__,
)
