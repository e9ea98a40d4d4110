"""Ask people to fill in a form, and wait for it.

The first who answers closes it for all. Each answer is kept in the variable of its field. With “may decline” on, the
form can be refused, and the process sees that in the result “declined”.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from potok.engine.graph import FormFields, Results
from potok.engine.values import PERSON, TEXT, YES_NO, PersonRef, Value
from potok.kit.words import _
from potok.people import public as people
from potok.processes import public as processes
from potok.processes.public import (
    AssignmentAnswered,
    Block,
    Done,
    Form,
    Outcome,
    People,
    Wait,
    World,
    asked_form,
    block,
    codes,
    param,
)

COMMENTS = {
    "none": _("No comment"),
    "optional": _("If one likes"),
    "on_decline": _("Needed to decline"),
    "always": _("Always needed"),
}


@dataclass(frozen=True)
class Params:
    to: People = param(_("Who fills it in"), help=_("The first who answers closes it for all."))
    title: str = param(_("Title"), help=_("What is asked, in a few words."))
    fields: Form = param(_("Fields"), help=_("What is to be filled in; each answer is kept in a variable."))
    description: str | None = param(_("Description"), default=None, help=_("Values of the record may be inserted."))
    decline: bool = param(_("May decline"), default=False, help=_("Shows a second button that refuses."))
    comment: Literal["none", "optional", "on_decline", "always"] = param(
        _("Comment"), default="none", choices=COMMENTS, help=_("Whether a comment is asked for.")
    )
    button: str | None = param(_("Button"), default=None, help=_("What the first button says."))
    decline_button: str | None = param(_("Decline button"), default=None, help=_("What the second button says."))
    due: datetime | None = param(_("Due"), default=None, ends=True, help=_("By when it has to be answered."))
    close_when_due: bool = param(_("Close when due"), default=False, help=_("Go on without an answer when it is due."))


async def perform(ask: Params, world: World) -> Outcome:
    whom = await world.ask(people.resolve, whom=codes(ask.to))
    assignment = await world.do(
        processes.ask,
        kind="request_information",
        node=world.node,
        title=ask.title,
        description=ask.description or "",
        people=whom,
        form=_form(ask),
        due_at=ask.due,
    )
    until = ask.due if ask.close_when_due else None
    return Wait(event=AssignmentAnswered, where={"assignment": assignment}, until=until, kept=assignment)


async def resume(ask: Params, answered: AssignmentAnswered | None, world: World) -> Outcome:
    if answered is None:
        await world.do(processes.close, assignment=world.kept, status="timed_out")
        return Done({"declined": False, "timed_out": True})
    answers = await world.ask(processes.answers, assignment=answered.assignment)
    filled = next((one.values for one in answers if one.person == answered.person), {})
    given: dict[str, Value] = {"by": PersonRef(answered.person), "comment": answered.comment, "timed_out": False}
    declined = answered.answer == "declined"
    return Done({**given, "declined": declined, **({} if declined else filled)})


def results(forms: FormFields) -> Results:
    """What is asked is also what is given."""
    asked = {field.name: field.type for fields in forms.values() for field in fields}
    return {"by": PERSON, "comment": TEXT, "declined": YES_NO, "timed_out": YES_NO, **asked}


def _form(ask: Params) -> dict[str, object]:
    send = [("done", ask.button or _("Send"))]
    refuse = [("declined", ask.decline_button or _("Decline"))] if ask.decline else []
    required = {"on_decline": ["declined"], "always": ["done", "declined"]}.get(ask.comment, [])
    return asked_form([*send, *refuse], fields=ask.fields, comment=ask.comment != "none", comment_required=required)


request_information = block(
    Block(
        name="request_information",
        title=_("Request information"),
        group="people",
        params=Params,
        results=results,
        perform=perform,
        resume=resume,
        awaits=(AssignmentAnswered,),
        known_as={"bitrix24": "RequestInformationActivity"},
    )
)
