"""What is refused when versions are changed and instances are repaired; values only."""

from potok.kit.errors import Missing, refusal
from potok.kit.words import _

NO_VERSION = refusal(
    "processes.no_version", _("“{definition}” has no version {number}. Choose one of its versions."), family=Missing
)
SAME_VERSION = refusal("processes.same_version", _("These are one and the same version. Choose another one."))
NOBODY_THERE = refusal(
    "processes.nobody_to_move", _("No running process follows this version. Nothing is to be moved.")
)
ON_ITS_WAY = refusal(
    "processes.migration_on_its_way",
    _("Processes of this definition are being moved already. Wait until that is done."),
)
MIGRATION_OVER = refusal(
    "processes.migration_over", _("This has come to its end already. Nothing is left to be stopped.")
)
NO_STEP = refusal(
    "processes.no_such_step", _("There is no step “{step}” here to which the process can be moved. Choose another.")
)
NO_TOKEN = refusal("processes.no_such_place", _("The process does not stand there any more. Look at the page again."))
STILL_RUNS = refusal("processes.still_runs", _("The process still runs. End it first, then delete it."))
SUSPENDED_ALREADY = refusal("processes.suspended_already", _("The process is suspended already."))
NOT_SUSPENDED = refusal("processes.not_suspended", _("The process is not suspended."))
IN_TRASH = refusal(
    "processes.record_in_trash", _("Its record lies in the trash. Restore the record, and the process goes on.")
)
NO_MONTHS = refusal(
    "processes.wrong_months", _("“{months}” is not a number of months. Give a number from 1 to 600, or nothing.")
)
