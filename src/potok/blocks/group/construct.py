"""Keep steps together under a title.

They are done in order, as if they stood alone. A block can be folded in the designer, switched off as a whole and saved
for reuse.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- title: Prepare the contract
  steps:
    - block: task_add
    - block: notify_person
"""

group = construct(
    Construct(
        name="group",
        word="steps",
        title=_("Block of steps"),
        keys=(Key(name="steps", title=_("Steps"), kind=KeyKind.STEPS, help=_("What the block holds."), required=True),),
        form=FORM,
        known_as={"bitrix24": "EmptyBlockActivity"},
    ),
    module=__name__,
)
