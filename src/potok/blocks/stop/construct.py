"""Leave before the end.

It ends the branch that it stands in (of steps side by side, of an item of a list, or of the whole process), the loop
around it, or only this pass of the loop. Whatever runs elsewhere goes on.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- stop: branch
"""

stop = construct(
    Construct(
        name="stop",
        word="stop",
        title=_("Stop"),
        keys=(
            Key(
                name="stop",
                title=_("What"),
                kind=KeyKind.CHOICE,
                help=_("What is left."),
                choices={"branch": _("This branch"), "loop": _("The loop"), "pass": _("This pass of the loop")},
                required=True,
            ),
        ),
        form=FORM,
    ),
    module=__name__,
)
