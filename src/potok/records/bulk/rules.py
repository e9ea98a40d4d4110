"""What changes of many records refuse, in words."""

from enum import StrEnum

from potok.kit.errors import refusal
from potok.kit.words import _

LINES_MAX = 200_000

TOO_MANY = refusal(
    "records.bulk.too_many", _("The filter lets {count} records through, at once there may be {most}. Narrow it.")
)
NOBODY_ASKS = refusal("records.bulk.nobody", _("A change of many records needs somebody in whose name it is done."))
GONE = _("The record is not there any more, or you may not see it.")


class Act(StrEnum):
    """What is done to each record."""

    CHANGE = "change"
    REMOVE = "remove"


# What the person must be allowed to do with each record.
RIGHTS = {Act.CHANGE: "edit", Act.REMOVE: "remove"}


class Outcome(StrEnum):
    """What became of one record."""

    NONE = ""
    DONE = "done"
    SAME = "same"
    REFUSED = "refused"
