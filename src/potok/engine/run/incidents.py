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
NO_RECORD = problem(
    "run.no_record",
    _("The step is about another record, and there is none: the value is empty."),
    hint=_("Fill in the link on the record and retry, or skip the step."),
)
THROWN = problem(
    "run.thrown",
    _("The process reports an error: {text} ({code})."),
    hint=_("Set right what it speaks of and retry, or skip the step."),
)
TOO_MANY_ITEMS = problem(
    "run.too_many_items",
    _("The list has {count} items; {most} can be gone through at once."),
    hint=_("Shorten the list, or go through it in order."),
)
TOO_MANY_TOKENS = problem(
    "run.too_many_tokens",
    _("More than {most} things would go on at once in this process."),
    hint=_("End some of them and retry, or let called processes do a share."),
)
TOO_MUCH_DONE = problem(
    "run.too_much_done",
    _("More than {most} parts that can be compensated are done."),
    hint=_("Let a called process do a share of them."),
)
