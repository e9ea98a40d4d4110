"""Leave a stage for another, and keep in its protocol why.

Every way out of a stage passes here by itself: a result, a command, a moment, or a step that goes to another stage.
"""

from dataclasses import dataclass

from potok.engine.values import PERSON, TEXT, PersonRef
from potok.kit.words import _
from potok.processes.public import Block, Done, Fields, Outcome, World, block, param, staging


@dataclass(frozen=True)
class Params:
    stage: str = param(_("Process stage"), help=_("The id of the stage."))
    to: str = param(_("Next stage"), help=_("The id of the stage that follows."))
    result: str | None = param(_("Result"), default=None, help=_("The name of the result, if it was one."))
    titles: Fields | None = param(_("Results"), default=None, help=_("What people call the results, by name."))
    title: str | None = param(_("Title"), default=None, help=_("What else led on: the words of a command."))
    by: PersonRef | None = param(_("Who"), default=None, help=_("Who led on; nobody, if the process did."))
    comment: str | None = param(_("Comment"), default=None, help=_("What was said with it."))
    next: PersonRef | None = param(_("Responsible"), default=None, help=_("Who was named for the next stage."))


async def perform(ask: Params, world: World) -> Outcome:
    result, comment = ask.result or "", ask.comment or ""
    outcome = (ask.titles or {}).get(result, result) if result else ask.title or ""
    by = ask.by.id if ask.by else None
    await world.do(staging.leave, result=result, outcome=str(outcome), comment=comment, by=by)
    return Done(
        {
            "stage_result": result,
            "stage_by": ask.by,
            "stage_comment": comment,
            "next_stage": ask.to,
            "next_responsible": ask.next,
        }
    )


stage_leave = block(
    Block(
        name="stage_leave",
        title=_("Leave a stage"),
        group="stages",
        params=Params,
        results={
            "stage_result": TEXT,
            "stage_by": PERSON,
            "stage_comment": TEXT,
            "next_stage": TEXT,
            "next_responsible": PERSON,
        },
        perform=perform,
        known_as={"bitrix24": "SetStateActivity"},
        serves="stages.leave",
    )
)
