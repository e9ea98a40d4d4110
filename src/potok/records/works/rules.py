"""The states that works go through, and what they refuse."""

from enum import StrEnum

from potok.kit.errors import Overtaken, refusal
from potok.kit.words import _

NOT_NOW = refusal("records.work.not_now", _("This is in another state by now. Open its page again."), family=Overtaken)
CHANGED_SINCE = _("Somebody has changed it since, and so it stays.")


class State(StrEnum):
    """How far a work is. The first three are for works that are tried before they are carried out."""

    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


# What is carried on in the background, and what it becomes when the last line is done.
ENDS = {State.CHECKING: State.CHECKED, State.RUNNING: State.DONE, State.UNDOING: State.UNDONE}
BUSY = tuple(ENDS)


class Undone(StrEnum):
    """What became of a line when the whole was taken back."""

    NONE = ""
    BACK = "back"
    KEPT = "kept"
