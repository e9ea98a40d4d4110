"""Do steps and watch over them.

An error in one of them is caught: the rest is given up and the steps of the first fitting handler are done. Meanwhile
events may happen: they stop the steps, or their own steps go beside them, once or each time anew.
"""

from potok.kit.words import _
from potok.processes.public import Construct, Key, KeyKind, construct

FORM = """
- try:
    - block: approve
  on_error:
    - id: failed
      codes: [tasks.no_group]
      do:
        - block: notify_person
          with: {text: '{=failed:message}'}
  on_escalation:
    - do:
        - block: notify_person
  meanwhile:
    - pause: {for: 1 day}
      then: again
      do:
        - block: notify_person
"""

attempt = construct(
    Construct(
        name="attempt",
        word="try",
        title=_("Try"),
        keys=(
            Key(name="try", title=_("Steps"), kind=KeyKind.STEPS, help=_("What is watched over."), required=True),
            Key(
                name="on_error",
                title=_("On an error"),
                kind=KeyKind.BRANCHES,
                help=_("Handlers, the first fitting one is taken: for some codes, or for all."),
            ),
            Key(
                name="on_escalation",
                title=_("On an escalation"),
                kind=KeyKind.BRANCHES,
                help=_("What is done when a step within calls for help."),
            ),
            Key(
                name="codes",
                title=_("Codes"),
                kind=KeyKind.VALUES,
                help=_("Which errors or escalations are meant; all if left out."),
            ),
            Key(
                name="meanwhile",
                title=_("Meanwhile"),
                kind=KeyKind.EVENTS,
                help=_("Steps that wait for something while the others are done."),
            ),
            Key(
                name="then",
                title=_("What becomes of the steps"),
                kind=KeyKind.CHOICE,
                help=_("They stop, go on, or go on while the event may come again."),
                choices={
                    "stop": _("They stop"),
                    "go_on": _("They go on"),
                    "again": _("They go on, and the event may come again"),
                },
            ),
            Key(name="do", title=_("Steps"), kind=KeyKind.STEPS, help=_("What is done about it.")),
        ),
        form=FORM,
    ),
    module=__name__,
)
