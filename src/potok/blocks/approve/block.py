"""Ask people to approve or to reject, and wait for their decision.

One answer is enough, or all have to approve, at once or one after another, or a share of those asked. Further answers
may be added, such as “return for rework”; which one it was stands in the result “outcome”. When it closes by its
deadline, it counts as rejected, unless another answer is named.
"""

from dataclasses import dataclass
from typing import Literal

from potok.engine.values import NUMBER, PERSON, TEXT, YES_NO, PersonRef, Value, many
from potok.kit.words import _
from potok.processes import public as processes
from potok.processes.public import (
    HEARD,
    Answer,
    Answers,
    Asks,
    Block,
    Done,
    Happened,
    Outcome,
    People,
    Vote,
    Wait,
    World,
    asked_form,
    block,
    decide,
    param,
)

MODES = {
    "any": _("One is enough"),
    "all": _("All of them"),
    "order": _("All of them, one after another"),
    "vote": _("A share of them"),
}
COMMENTS = {
    "none": _("No comment"),
    "optional": _("If one likes"),
    "on_reject": _("Needed to reject"),
    "on_approve": _("Needed to approve"),
    "always": _("Always needed"),
}
APPROVED, REJECTED = "approved", "rejected"


@dataclass(frozen=True, kw_only=True)
class Params(Asks):
    to: People = param(_("Who approves"), help=_("People, roles, groups, departments, fields and variables."))
    mode: Literal["any", "all", "order", "vote"] = param(
        _("Whose answer decides"), default="any", choices=MODES, help=_("One, all, or a share of those asked.")
    )
    percent: int = param(_("Share, per cent"), default=50, help=_("How many of those asked have to approve."))
    wait_for_all: bool = param(
        _("Wait for everybody"), default=False, help=_("Decide about the share only when all have answered.")
    )
    self_approval: bool = param(
        _("Who started the process may decide"), default=False, help=_("Otherwise nobody decides about an own request.")
    )
    answers: Answers | None = param(
        _("Further answers"), default=None, help=_("By name the words on the button: “rework: Return for rework”.")
    )
    comment: Literal["none", "optional", "on_reject", "on_approve", "always"] = param(
        _("Comment"), default="on_reject", choices=COMMENTS, help=_("Whether a comment is asked for.")
    )
    approve_button: str | None = param(_("Approve button"), default=None, help=_("What the first button says."))
    reject_button: str | None = param(_("Reject button"), default=None, help=_("What the second button says."))


async def perform(ask: Params, world: World) -> Outcome:
    begun = await processes.begin(
        ask,
        world,
        kind="approve",
        form=_form(ask),
        each_answers=ask.mode != "any",
        in_order=ask.mode == "order",
        barred=(world.initiator,) if world.initiator is not None and not ask.self_approval else (),
    )
    return begun if isinstance(begun, Wait) else Done(_results([], outcome=begun or APPROVED, assignment=None))


async def resume(ask: Params, happened: Happened, world: World) -> Outcome:
    heard = await processes.hear(ask, happened, world)
    answers = await world.ask(processes.answers, assignment=heard.assignment)
    if heard.is_over:
        usual = APPROVED if heard.nobody_left else REJECTED
        outcome = processes.late_answer(ask, heard, usual=usual)
        return Done(_results(answers, outcome=outcome, assignment=heard.assignment, timed_out=heard.is_late))
    votes = [Vote(one.person, one.answer, one.comment) for one in answers if one.answer]
    outcome = decide(ask.mode, votes, asked=len(answers), percent=ask.percent, wait=ask.wait_for_all)
    if not outcome:
        if ask.mode == "order":
            await world.do(processes.ask_next, assignment=heard.assignment)
        return await processes.wait_on(world)
    if ask.mode != "any":
        await world.do(processes.close, assignment=heard.assignment, status="done")
    last: dict[str, Value] = {}
    if heard.answered:
        last = {"by": PersonRef(heard.answered.person), "comment": heard.answered.comment}
    return Done({**_results(answers, outcome=outcome, assignment=heard.assignment), **last})


def _results(
    answers: list[Answer], *, outcome: str, assignment: int | None, timed_out: bool = False
) -> dict[str, Value]:
    answered = [one for one in answers if one.answer]
    yes = [one for one in answered if one.answer == APPROVED]
    asked = len(answers)
    return {
        "outcome": outcome,
        "approved": outcome == APPROVED,
        "approvers": tuple(PersonRef(one.person) for one in yes),
        "rejecters": tuple(PersonRef(one.person) for one in answered if one.answer != APPROVED),
        "comments": processes.comments(answered),
        "asked": asked,
        "answered": len(answered),
        "answered_percent": processes.percent(len(answered), of=asked),
        "approved_count": len(yes),
        "approved_percent": processes.percent(len(yes), of=asked),
        "rejected_count": len(answered) - len(yes),
        "rejected_percent": processes.percent(len(answered) - len(yes), of=asked),
        "timed_out": timed_out,
        "assignment": assignment,
    }


def _form(ask: Params) -> dict[str, object]:
    answers = [(APPROVED, ask.approve_button or _("Approve")), (REJECTED, ask.reject_button or _("Reject"))]
    required = {"on_reject": [REJECTED], "on_approve": [APPROVED], "always": [APPROVED, REJECTED, *(ask.answers or {})]}
    needed = required.get(ask.comment, [])
    return asked_form(answers, comment=ask.comment != "none", comment_required=needed, further=ask.answers)


approve = block(
    Block(
        name="approve",
        title=_("Approve"),
        group="people",
        params=Params,
        results={
            "outcome": TEXT,
            "approved": YES_NO,
            "comment": TEXT,
            "by": PERSON,
            "approvers": many(PERSON),
            "rejecters": many(PERSON),
            "comments": TEXT,
            "asked": NUMBER,
            "answered": NUMBER,
            "answered_percent": NUMBER,
            "approved_count": NUMBER,
            "approved_percent": NUMBER,
            "rejected_count": NUMBER,
            "rejected_percent": NUMBER,
            "timed_out": YES_NO,
            "assignment": NUMBER,
        },
        perform=perform,
        resume=resume,
        awaits=HEARD,
        known_as={"bitrix24": "ApproveActivity"},
    )
)
