"""What changes of many records refuse, in words, and the states that they go through."""

from enum import StrEnum

from potok.kit.errors import Overtaken, refusal
from potok.kit.words import _

LINES_MAX = 200_000

TOO_MANY = refusal(
    "records.bulk.too_many", _("The filter lets {count} records through, at once there may be {most}. Narrow it.")
)
NOBODY_ASKS = refusal("records.bulk.nobody", _("A change of many records needs somebody in whose name it is done."))
NOT_NOW = refusal(
    "records.bulk.not_now", _("This change is in another state by now. Open its page again."), family=Overtaken
)
GONE = _("The record is not there any more, or you may not see it.")
CHANGED_SINCE = _("Somebody has changed it since, and so it stays.")


class Act(StrEnum):
    """What is done to each record."""

    CHANGE = "change"
    REMOVE = "remove"


class State(StrEnum):
    """How far it is. `RUNNING` and `UNDOING` are carried on in the background."""

    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


BUSY = (State.RUNNING, State.UNDOING)


class Outcome(StrEnum):
    """What became of one record."""

    NONE = ""
    DONE = "done"
    SAME = "same"
    REFUSED = "refused"


class Undone(StrEnum):
    """What became of a record when the whole was taken back."""

    NONE = ""
    BACK = "back"
    KEPT = "kept"
