"""Have people read something, and wait until they have.

Each presses one button, with a comment if one is asked for. It ends when everybody has read it, or the first; at its
deadline it ends by itself.
"""

from dataclasses import dataclass
from typing import Literal

from potok.engine.values import NUMBER, PERSON, TEXT, YES_NO, PersonRef, Value, many
from potok.kit.words import _
from potok.processes import public as processes
from potok.processes.public import (
    HEARD,
    Answer,
    Asks,
    Block,
    Done,
    Happened,
    Outcome,
    People,
    Wait,
    World,
    asked_form,
    block,
    param,
)

MODES = {"all": _("All of them"), "any": _("One is enough")}
COMMENTS = {"none": _("No comment"), "optional": _("If one likes"), "always": _("Always needed")}
READ = "done"


@dataclass(frozen=True, kw_only=True)
class Params(Asks):
    to: People = param(_("Who reads it"), help=_("People, roles, groups, departments, fields and variables."))
    mode: Literal["all", "any"] = param(
        _("Who has to read it"), default="all", choices=MODES, help=_("Everybody, or whoever is the first.")
    )
    comment: Literal["none", "optional", "always"] = param(
        _("Comment"), default="none", choices=COMMENTS, help=_("Whether a comment is asked for.")
    )
    button: str | None = param(_("Button"), default=None, help=_("What the button says."))


async def perform(ask: Params, world: World) -> Outcome:
    begun = await processes.begin(ask, world, kind="review", form=_form(ask), each_answers=ask.mode == "all")
    return begun if isinstance(begun, Wait) else Done(_results([], timed_out=False, assignment=None))


async def resume(ask: Params, happened: Happened, world: World) -> Outcome:
    heard = await processes.hear(ask, happened, world)
    answers = await world.ask(processes.answers, assignment=heard.assignment)
    read = [one for one in answers if one.answer]
    enough = len(answers) if ask.mode == "all" else 1
    if not heard.is_over and len(read) < max(enough, 1):
        return await processes.wait_on(world)
    if not heard.is_over and ask.mode == "all":
        await world.do(processes.close, assignment=heard.assignment, status="done")
    return Done(_results(answers, timed_out=heard.is_late, assignment=heard.assignment))


def _results(answers: list[Answer], *, timed_out: bool, assignment: int | None) -> dict[str, Value]:
    read = [one for one in answers if one.answer]
    last: dict[str, Value] = {"by": PersonRef(read[-1].person), "comment": read[-1].comment} if read else {}
    return {
        **last,
        "readers": tuple(PersonRef(one.person) for one in read),
        "comments": processes.comments(read),
        "asked": len(answers),
        "answered": len(read),
        "answered_percent": processes.percent(len(read), of=len(answers)),
        "timed_out": timed_out,
        "assignment": assignment,
    }


def _form(ask: Params) -> dict[str, object]:
    required = [READ] if ask.comment == "always" else []
    return asked_form([(READ, ask.button or _("I have read it"))], comment=ask.comment != "none",
                      comment_required=required)  # fmt: skip


review = block(
    Block(
        name="review",
        title=_("Have it read"),
        group="people",
        params=Params,
        results={
            "by": PERSON,
            "comment": TEXT,
            "readers": many(PERSON),
            "comments": TEXT,
            "asked": NUMBER,
            "answered": NUMBER,
            "answered_percent": NUMBER,
            "timed_out": YES_NO,
            "assignment": NUMBER,
        },
        perform=perform,
        resume=resume,
        awaits=HEARD,
        known_as={"bitrix24": "ReviewActivity"},
    )
)
