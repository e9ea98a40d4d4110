"""What can go wrong inside the core while an instance runs: the sentences that incidents show by their code."""

from potok.engine.problems import _, problem

ENDLESS = problem(
    "run.endless",
    _("The process went through {nodes} steps without waiting for anything."),
    hint=_("Give its loop a pause or an end, publish it, and retry."),
)
NO_MOMENT = problem(
    "run.no_moment",
    _("The pause has no moment to end at: the value is empty, or beyond the calendar."),
    hint=_("Fill in the date on the record and retry, or skip the pause."),
)
NO_LINK = problem(
    "run.no_link",
    _("“{name}” is a field of a record or a person, but the value before it is neither."),
    hint=_("Correct the formula, publish the definition, and retry."),
)
NO_WAY = problem("run.no_way", _("No branch of the condition holds, and none is for all other cases."))
