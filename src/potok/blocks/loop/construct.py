"""Do steps again as long as a condition holds.

The condition is asked before each pass, so the steps may never be done. Put something that waits into the loop: one
that never rests is stopped as a trouble.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- while: '{=Variable:approved} <> true'
  do:
    - block: approve
"""

loop = construct(
    Construct(
        name="loop",
        word="while",
        title=_("Loop"),
        keys=(
            Key(
                name="while",
                title=_("Condition"),
                kind=KeyKind.CONDITION,
                help=_("A formula, or rows that compare values."),
                required=True,
            ),
            Key(name="do", title=_("Steps"), kind=KeyKind.STEPS, help=_("What is done at each pass."), required=True),
        ),
        form=FORM,
        known_as={"bitrix24": "WhileActivity"},
    ),
    module=__name__,
)
