"""Ask the responsible person to work on a stage, and to say with which result.

The results of the stage are the answers; each leads to another stage. Whoever answers may name who is responsible for
the next one.
"""

from dataclasses import dataclass

from potok.engine.graph import AskedField
from potok.engine.values import PERSON, TEXT, PersonRef, Value
from potok.kit.words import _
from potok.processes import public as processes
from potok.processes.public import (
    HEARD,
    Asks,
    Block,
    Done,
    Fields,
    Form,
    Happened,
    Outcome,
    Wait,
    World,
    asked_form,
    block,
    param,
    responsibles,
)

NEXT = "next_responsible"


@dataclass(frozen=True, kw_only=True)
class Params(Asks):
    results: Fields = param(_("Results"), help=_("By name the words on the button."))
    leads: Fields = param(_("Next stages"), help=_("By the name of a result the stage that follows."))
    comment: bool = param(_("Comment"), default=True, help=_("Whether a comment is offered."))
    needs_comment: tuple[str, ...] = param(
        _("Comment needed"), default=(), help=_("The results that are not accepted without a comment.")
    )
    picks: bool = param(_("Asks who is next"), default=False, help=_("Whether the next responsible may be named."))
    fields: Form = param(_("Fields"), default=(), help=_("What is filled in with the result; each is a variable."))


async def perform(ask: Params, world: World) -> Outcome:
    begun = await processes.begin(ask, world, kind="stage_work", form=_form(ask))
    return begun if isinstance(begun, Wait) else _done(ask, begun)


async def resume(ask: Params, happened: Happened, world: World) -> Outcome:
    heard = await processes.hear(ask, happened, world)
    if heard.is_over:
        return _done(ask, processes.late_answer(ask, heard, usual=""))
    said = heard.answered
    if said is None or not said.closed:
        return await processes.wait_on(world)
    answers = await world.ask(processes.answers, assignment=heard.assignment)
    filled = next((one.values for one in answers if one.person == said.person), {})
    return _done(ask, said.answer, **{"stage_by": PersonRef(said.person), "stage_comment": said.comment, **filled})


def _done(ask: Params, result: str, **given: Value) -> Done:
    if result not in ask.leads:
        raise responsibles.NO_RESULT(title=ask.title)
    nothing: dict[str, Value] = {"stage_by": None, "stage_comment": "", NEXT: None}
    return Done({**nothing, **given, "stage_result": result, "next_stage": ask.leads[result]})


def _form(ask: Params) -> dict[str, object]:
    answers = [(name, str(title)) for name, title in ask.results.items()]
    following = AskedField(
        NEXT,
        PERSON,
        _("Responsible for the next stage"),
        _("Left empty, it goes to the first of those responsible who is online."),
        required=False,
        choices=(),
        default=None,
        among=None,
    )
    return asked_form(
        answers,
        fields=[*ask.fields, *([following] if ask.picks else [])],
        comment=ask.comment,
        comment_required=ask.needs_comment,
    )


stage_work = block(
    Block(
        name="stage_work",
        title=_("Work on a stage"),
        group="stages",
        params=Params,
        results={"stage_result": TEXT, "stage_by": PERSON, "stage_comment": TEXT, "next_stage": TEXT, NEXT: PERSON},
        perform=perform,
        resume=resume,
        awaits=HEARD,
        serves="stages.work",
    )
)
