"""Go on along the branch of a value.

The cases are compared from top to bottom; a case may have several values. A branch with “else” is taken for all other
values; without one, the process goes on after the construct.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- switch: '{=Document:source}'
  cases:
    - is: [WEB, MAIL]
      do:
        - block: task_add
    - else:
        - terminate: Nobody answers there
"""

switch = construct(
    Construct(
        name="switch",
        word="switch",
        title=_("Choice by value"),
        keys=(
            Key(
                name="switch",
                title=_("Value"),
                kind=KeyKind.VALUE,
                help=_("What is compared with the cases."),
                required=True,
            ),
            Key(
                name="cases",
                title=_("Branches"),
                kind=KeyKind.BRANCHES,
                help=_("Compared from top to bottom; one of them is done, or none."),
                required=True,
            ),
            Key(
                name="is",
                title=_("Is"),
                kind=KeyKind.VALUE,
                help=_("A value, or several; the branch is done for any of them."),
            ),
            Key(name="do", title=_("Steps"), kind=KeyKind.STEPS, help=_("What is done in the branch.")),
            Key(
                name="else",
                title=_("Otherwise"),
                kind=KeyKind.STEPS,
                help=_("What is done for all other values; it comes last."),
            ),
        ),
        form=FORM,
    ),
    module=__name__,
)
