"""Do several branches side by side.

A branch that waits holds no other. The process goes on when all are done; or when the first is, or enough of them, and
then the others are given up: their assignments are withdrawn, their pauses forgotten.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- parallel:
    - do:
        - block: task_add
    - do:
        - pause: {for: 1 day}
  needs: all
"""

parallel = construct(
    Construct(
        name="parallel",
        word="parallel",
        title=_("Side by side"),
        keys=(
            Key(
                name="parallel",
                title=_("Branches"),
                kind=KeyKind.BRANCHES,
                help=_("They begin one after another and wait side by side."),
                required=True,
            ),
            Key(name="do", title=_("Steps"), kind=KeyKind.STEPS, help=_("What is done in the branch."), required=True),
            Key(
                name="needs",
                title=_("Goes on"),
                kind=KeyKind.CHOICE,
                help=_("When the process goes on: after all, after the first, or after this many."),
                choices={"all": _("when all are done"), "first": _("when the first is done")},
            ),
        ),
        form=FORM,
        known_as={"bitrix24": "ParallelActivity"},
    ),
    module=__name__,
)
