"""Ask people to approve or to reject, and wait for their decision.

One answer is enough, or all have to approve, or a share of those asked; the first thing that settles it closes it for
everybody. When it closes by its deadline, it counts as rejected.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from potok.engine.values import NUMBER, PERSON, TEXT, YES_NO, PersonRef, Value, many
from potok.kit.words import _
from potok.people import public as people
from potok.processes import public as processes
from potok.processes.public import (
    Answer,
    AssignmentAnswered,
    Block,
    Done,
    Outcome,
    People,
    Vote,
    Wait,
    World,
    asked_form,
    block,
    codes,
    decide,
    param,
)

MODES = {"any": _("One is enough"), "all": _("All of them"), "vote": _("A share of them")}
COMMENTS = {
    "none": _("No comment"),
    "optional": _("If one likes"),
    "on_reject": _("Needed to reject"),
    "on_approve": _("Needed to approve"),
    "always": _("Always needed"),
}


@dataclass(frozen=True)
class Params:
    to: People = param(_("Who approves"), help=_("Everybody here gets the assignment."))
    title: str = param(_("Title"), help=_("What is to be approved, in a few words."))
    description: str | None = param(_("Description"), default=None, help=_("Values of the record may be inserted."))
    mode: Literal["any", "all", "vote"] = param(
        _("Whose answer decides"), default="any", choices=MODES, help=_("One, all, or a share of those asked.")
    )
    percent: int = param(_("Share, per cent"), default=50, help=_("How many of those asked have to approve."))
    comment: Literal["none", "optional", "on_reject", "on_approve", "always"] = param(
        _("Comment"), default="on_reject", choices=COMMENTS, help=_("Whether a comment is asked for.")
    )
    approve_button: str | None = param(_("Approve button"), default=None, help=_("What the first button says."))
    reject_button: str | None = param(_("Reject button"), default=None, help=_("What the second button says."))
    due: datetime | None = param(_("Due"), default=None, ends=True, help=_("By when it has to be decided."))
    close_when_due: bool = param(_("Close when due"), default=False, help=_("Count it as rejected when it is due."))


async def perform(ask: Params, world: World) -> Outcome:
    whom = await world.ask(people.resolve, whom=codes(ask.to))
    assignment = await world.do(
        processes.ask,
        kind="approve",
        node=world.node,
        title=ask.title,
        description=ask.description or "",
        people=whom,
        form=_form(ask),
        each_answers=ask.mode != "any",
        due_at=ask.due,
    )
    return _wait(ask, assignment)


async def resume(ask: Params, answered: AssignmentAnswered | None, world: World) -> Outcome:
    if answered is None:
        answers = await world.ask(processes.answers, assignment=world.kept)
        await world.do(processes.close, assignment=world.kept, status="timed_out")
        return Done({**_results(answers), "approved": False, "timed_out": True})
    answers = await world.ask(processes.answers, assignment=answered.assignment)
    votes = [Vote(one.person, one.answer, one.comment) for one in answers if one.answer]
    decision = decide(ask.mode, votes, asked=len(answers), percent=ask.percent)
    if not decision:
        return _wait(ask, answered.assignment)
    if ask.mode != "any":
        await world.do(processes.close, assignment=answered.assignment, status="done")
    last: dict[str, Value] = {"by": PersonRef(answered.person), "comment": answered.comment}
    return Done({**_results(answers), **last, "approved": decision == "approved", "timed_out": False})


def _wait(ask: Params, assignment: int) -> Wait:
    until = ask.due if ask.close_when_due else None
    return Wait(event=AssignmentAnswered, where={"assignment": assignment}, until=until, kept=assignment)


def _results(answers: list[Answer]) -> dict[str, Value]:
    answered = [one for one in answers if one.answer]
    return {
        "approvers": tuple(PersonRef(one.person) for one in answered if one.answer == "approved"),
        "rejecters": tuple(PersonRef(one.person) for one in answered if one.answer == "rejected"),
        "comments": "\n".join(one.comment for one in answered if one.comment),
        "asked": len(answers),
        "answered": len(answered),
    }


def _form(ask: Params) -> dict[str, object]:
    answers = [("approved", ask.approve_button or _("Approve")), ("rejected", ask.reject_button or _("Reject"))]
    required = {"on_reject": ["rejected"], "on_approve": ["approved"], "always": ["approved", "rejected"]}
    return asked_form(answers, comment=ask.comment != "none", comment_required=required.get(ask.comment, []))


approve = block(
    Block(
        name="approve",
        title=_("Approve"),
        group="people",
        params=Params,
        results={
            "approved": YES_NO,
            "comment": TEXT,
            "by": PERSON,
            "approvers": many(PERSON),
            "rejecters": many(PERSON),
            "comments": TEXT,
            "asked": NUMBER,
            "answered": NUMBER,
            "timed_out": YES_NO,
        },
        perform=perform,
        resume=resume,
        awaits=(AssignmentAnswered,),
        known_as={"bitrix24": "ApproveActivity"},
    )
)
