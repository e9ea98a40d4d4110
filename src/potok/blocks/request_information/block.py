"""Ask people to fill in a form, and wait for it.

The first who answers closes it for all. Each answer is kept in the variable of its field. With “may decline” on, the
form can be refused, and the process sees that in the result “declined”. Further answers may be added, each with the
fields that it needs: which one was given stands in the result “outcome”.
"""

from dataclasses import dataclass
from typing import Literal

from potok.engine.graph import FormFields, Results
from potok.engine.values import NUMBER, PERSON, TEXT, YES_NO, PersonRef, Value
from potok.kit.words import _
from potok.processes import public as processes
from potok.processes.public import (
    HEARD,
    Answers,
    Asks,
    Block,
    Done,
    Form,
    Happened,
    Outcome,
    People,
    Wait,
    World,
    asked_form,
    block,
    param,
)

COMMENTS = {
    "none": _("No comment"),
    "optional": _("If one likes"),
    "on_decline": _("Needed to decline"),
    "always": _("Always needed"),
}
DONE, DECLINED = "done", "declined"


@dataclass(frozen=True, kw_only=True)
class Params(Asks):
    to: People = param(_("Who fills it in"), help=_("The first who answers closes it for all."))
    fields: Form = param(_("Fields"), help=_("What is to be filled in; each answer is kept in a variable."))
    decline: bool = param(_("May decline"), default=False, help=_("Shows a second button that refuses."))
    decline_all: bool = param(
        _("Declined by all"), default=False, help=_("One who declines leaves it to the others; the last one decides.")
    )
    answers: Answers | None = param(
        _("Further answers"), default=None, help=_("By name the words on the button: “rework: Return for rework”.")
    )
    comment: Literal["none", "optional", "on_decline", "always"] = param(
        _("Comment"), default="none", choices=COMMENTS, help=_("Whether a comment is asked for.")
    )
    button: str | None = param(_("Button"), default=None, help=_("What the first button says."))
    decline_button: str | None = param(_("Decline button"), default=None, help=_("What the second button says."))


async def perform(ask: Params, world: World) -> Outcome:
    begun = await processes.begin(ask, world, kind="request_information", form=_form(ask))
    if isinstance(begun, Wait):
        return begun
    outcome = begun or DONE
    return Done({"outcome": outcome, "declined": outcome == DECLINED, "timed_out": False})


async def resume(ask: Params, happened: Happened, world: World) -> Outcome:
    heard = await processes.hear(ask, happened, world)
    given: dict[str, Value] = {"timed_out": heard.is_late, "assignment": heard.assignment}
    if heard.is_over:
        outcome = processes.late_answer(ask, heard, usual=DONE if heard.nobody_left else "")
        return Done({**given, "outcome": outcome, "declined": outcome == DECLINED})
    if heard.answered is None or not heard.answered.closed:
        return await processes.wait_on(world)
    said = heard.answered
    answers = await world.ask(processes.answers, assignment=heard.assignment)
    filled = next((one.values for one in answers if one.person == said.person), {})
    declined = said.answer == DECLINED
    return Done(
        {
            **given,
            "outcome": said.answer,
            "by": PersonRef(said.person),
            "comment": said.comment,
            "comments": processes.comments([one for one in answers if one.answer]),
            "declined": declined,
            **({} if declined else filled),
        }
    )


def results(forms: FormFields) -> Results:
    """What is asked is also what is given."""
    asked = {field.name: field.type for fields in forms.values() for field in fields}
    told = {"outcome": TEXT, "by": PERSON, "comment": TEXT, "comments": TEXT, "declined": YES_NO, "timed_out": YES_NO}
    return {**told, "assignment": NUMBER, **asked}


def _form(ask: Params) -> dict[str, object]:
    send = [(DONE, ask.button or _("Send"))]
    refuse = [(DECLINED, ask.decline_button or _("Decline"))] if ask.decline else []
    required = {"on_decline": [DECLINED], "always": [DONE, DECLINED, *(ask.answers or {})]}.get(ask.comment, [])
    return asked_form(
        [*send, *refuse],
        fields=ask.fields,
        comment=ask.comment != "none",
        comment_required=required,
        further=ask.answers,
        leaves=[DECLINED] if ask.decline_all else [],
    )


request_information = block(
    Block(
        name="request_information",
        title=_("Request information"),
        group="people",
        params=Params,
        results=results,
        perform=perform,
        resume=resume,
        awaits=HEARD,
        known_as={"bitrix24": "RequestInformationActivity"},
    )
)
