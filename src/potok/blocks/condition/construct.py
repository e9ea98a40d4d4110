"""Go on along the first branch whose condition holds.

The conditions are asked from top to bottom when the process comes here. A branch with “else” is taken when none holds;
without one, the process goes on after the construct.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- if:
    - when: {field: amount, operator: greater, value: 100000}
      do:
        - block: approve
    - else:
        - terminate: Small deals need nobody
"""

condition = construct(
    Construct(
        name="condition",
        word="if",
        title=_("Condition"),
        keys=(
            Key(
                name="if",
                title=_("Branches"),
                kind=KeyKind.BRANCHES,
                help=_("Asked from top to bottom; one of them is done, or none."),
                required=True,
            ),
            Key(
                name="when",
                title=_("Condition"),
                kind=KeyKind.CONDITION,
                help=_("A formula, or rows that compare values."),
            ),
            Key(name="do", title=_("Steps"), kind=KeyKind.STEPS, help=_("What is done if the condition holds.")),
            Key(
                name="else",
                title=_("Otherwise"),
                kind=KeyKind.STEPS,
                help=_("What is done if no condition holds; it comes last."),
            ),
        ),
        form=FORM,
        known_as={"bitrix24": "IfElseActivity"},
    ),
    module=__name__,
)
