"""What all steps that ask people have in common: whom they ask, by when, and what follows if nobody answers.

@dataclass(frozen=True, kw_only=True)
class Params(Asks):
    percent: int = param(…)

async def perform(ask: Params, world: World) -> Outcome:
    begun = await begin(ask, world, kind="approve", form=…)
    return begun if isinstance(begun, Wait) else Done(…)      # nobody to ask: `begun` is the answer that counts then

async def resume(ask: Params, happened: Happened, world: World) -> Outcome:
    heard = await hear(ask, happened, world)                  # climbs the ladder, moves the deadline
    answers = await world.ask(answers, assignment=heard.assignment)
    …                                                         # decide, or `return await wait_on(world)`
"""

# ruff: noqa: RUF009 (param() declares a field, as dataclasses.field() does)

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from potok.engine.values import Duration, PersonRef
from potok.kit.words import _
from potok.people import public as people
from potok.processes import asking, climbing
from potok.processes.acts import say
from potok.processes.block import People, Wait, param
from potok.processes.duties import DONE, Ladder, Terms
from potok.processes.events import AssignmentAnswered, AssignmentChanged
from potok.processes.facts import Answer, administrator
from potok.processes.forms import codes
from potok.processes.models import Assignment
from potok.processes.world import World

Happened = AssignmentAnswered | AssignmentChanged | None
HEARD = (AssignmentAnswered, AssignmentChanged)
GIVE = {
    "everybody": _("Everybody gets it"),
    "queue": _("A queue: somebody takes it"),
    "even": _("Whoever has the least to do"),
}
DELEGATE = {"all": _("To anybody"), "subordinates": _("To subordinates only"), "nobody": _("Not at all")}
NOBODY = {
    "incident": _("The process stops with a failure"),
    "head": _("The head is asked"),
    "administrator": _("An administrator is asked"),
    "skip": _("The process goes on without asking"),
}


@dataclass(frozen=True, kw_only=True)
class Asks:
    """The parameters of every step that asks people."""

    to: People = param(_("Who is asked"), help=_("People, roles, groups, departments, fields and variables."))
    title: str = param(_("Title"), help=_("What is asked, in a few words."))
    description: str | None = param(_("Description"), default=None, help=_("Values of the record may be inserted."))
    label: str | None = param(_("Short label"), default=None, help=_("What the button on the record's card says."))
    private: bool = param(
        _("Description only for those asked"), default=False, help=_("Others who see the process do not see it.")
    )
    status: str | None = param(
        _("Status text"), default=None, help=_("What lists say of the process while it waits here.")
    )
    comment_title: str | None = param(_("Label of the comment"), default=None, help=_("What stands above its field."))
    for_outside: bool = param(
        _("May be answered for somebody outside"), default=False, help=_("Asks for the name; both names are kept.")
    )
    give: Literal["everybody", "queue", "even"] = param(
        _("How it is given out"), default="everybody", choices=GIVE, help=_("Where one answer is enough.")
    )
    delegate: Literal["all", "subordinates", "nobody"] = param(
        _("May be handed over"), default="all", choices=DELEGATE, help=_("Heads and administrators always may.")
    )
    nobody: Literal["incident", "head", "administrator", "skip"] = param(
        _("If nobody is left"),
        default="incident",
        choices=NOBODY,
        help=_("All those named have left, are away or must not decide, or the list is empty."),
    )
    nobody_answer: str | None = param(
        _("Answer without anybody"), default=None, help=_("What counts as answered when the process goes on so.")
    )
    skip_absent: bool = param(_("Leave out who is away"), default=False, help=_("People who are absent on that day."))
    due: datetime | None = param(_("Due"), default=None, ends=True, help=_("By when it has to be answered."))
    remind_before: tuple[Duration, ...] = param(
        _("Remind before"), default=(), help=_("How long before the deadline, once or several times: 1 day, 2 hours.")
    )
    remind_every: Duration | None = param(
        _("Remind again every"), default=None, help=_("After the deadline; without one, from the beginning.")
    )
    reassign_after: Duration | None = param(
        _("Ask others after"), default=None, help=_("So long after the deadline it goes to other people.")
    )
    reassign_to: People = param(_("Who is asked then"), default=(), help=_("Instead of those who did not answer."))
    head_after: Duration | None = param(
        _("Ask the head after"), default=None, help=_("So long after the deadline it goes to the heads.")
    )
    close_after: Duration | None = param(
        _("Close after"), default=None, help=_("So long after the deadline the process goes on.")
    )
    close_when_due: bool = param(_("Close when due"), default=False, help=_("The process goes on at the deadline."))
    late_answer: str | None = param(
        _("Answer when closed"), default=None, help=_("What counts as answered when the time is over.")
    )
    working_time: bool = param(
        _("In working time"), default=False, help=_("Counts the lengths above in working days and hours.")
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """What woke the step: an answer, or that its assignment is over without one; neither, when people changed."""

    assignment: int
    answered: AssignmentAnswered | None = None
    is_late: bool = False
    nobody_left: bool = False

    @property
    def is_over(self) -> bool:
        return self.is_late or self.nobody_left


async def begin(
    ask: Asks,
    world: World,
    *,
    kind: str,
    form: dict[str, Any],
    each_answers: bool = False,
    in_order: bool = False,
    barred: Sequence[int] = (),
) -> Wait | str:
    """Ask the people and wait. With nobody to ask it is refused, or answers what counts then, as the author chose."""
    whom = await _whom(ask, world, barred)
    of = _groups(ask) if whom and not each_answers else ()
    whom = whom or await _instead(ask, world, barred)
    if not whom and ask.nobody == "skip":
        return ask.nobody_answer or ""
    assignment = await world.do(
        asking.ask,
        kind=kind,
        node=world.node,
        title=ask.title,
        description=ask.description or "",
        label=ask.label or "",
        people=whom,
        form=_completed(form, ask),
        each_answers=each_answers,
        in_order=in_order,
        due_at=ask.due,
        give=ask.give,
        terms=_terms(ask, barred, of),
    )
    if ask.status:
        await world.do(say, text=ask.status)
    return await _wait(assignment, world, climbs=_ladder(ask) != Ladder(working=ask.working_time))


async def hear(ask: Asks, happened: Happened, world: World) -> Heard:
    """Make out what woke the step, having climbed the ladder if it is time. What is over is closed."""
    kept = cast(int, world.kept)
    if isinstance(happened, AssignmentAnswered):
        return Heard(kept, happened if happened.assignment == kept else None)
    if isinstance(happened, AssignmentChanged) and happened.what == "nobody" and happened.assignment == kept:
        await world.do(asking.close, assignment=kept, status=Assignment.DONE)
        return Heard(kept, nobody_left=True)
    climbed = await world.do(climbing.climb, assignment=kept)
    if not climbed.is_over:
        return Heard(kept)
    await world.do(asking.close, assignment=kept, status=Assignment.TIMED_OUT)
    return Heard(kept, is_late=True)


async def wait_on(world: World) -> Wait:
    """Go on waiting, until the next rung of the ladder at the longest."""
    return await _wait(cast(int, world.kept), world, climbs=True)


async def _wait(assignment: int, world: World, *, climbs: bool) -> Wait:
    until = await world.ask(climbing.next_rung, assignment=assignment) if climbs else None
    return Wait(event=AssignmentAnswered, where={"assignment": assignment}, until=until, kept=assignment)


async def _whom(ask: Asks, world: World, barred: Sequence[int]) -> list[int]:
    found = await world.ask(people.resolve, whom=codes(ask.to))
    away = await world.ask(people.absent, persons=tuple(found), at=world.at) if ask.skip_absent and found else []
    return [person for person in found if person not in barred and person not in away]


async def _instead(ask: Asks, world: World, barred: Sequence[int]) -> list[int]:
    """Whom the author has named for the case that nobody is left."""
    if ask.nobody not in ("head", "administrator"):
        return []
    whom: list[int] = []
    if ask.nobody == "head":
        named = [one.id for one in ask.to if isinstance(one, PersonRef)] or [world.initiator or 0]
        heads = await world.ask(people.resolve, whom=tuple(f"head_of_{one}" for one in named))
        whom = [person for person in heads if person not in barred]
    if whom:
        return whom
    one = await world.ask(administrator, barred=tuple(barred))
    return [] if one is None else [one]


def _groups(ask: Asks) -> tuple[str, ...]:
    """To whom a queue is given, if people may come to that and go from it."""
    whom = codes(ask.to)
    return whom if ask.give != "everybody" and any(people.codes.is_of_many(code) for code in whom) else ()


def _terms(ask: Asks, barred: Sequence[int], of: tuple[str, ...]) -> Terms:
    return Terms(
        delegate=ask.delegate,
        nobody=ask.nobody,
        nobody_answer=ask.nobody_answer or "",
        barred=tuple(barred),
        private=ask.private,
        of=of,
        skip_absent=ask.skip_absent and bool(of),
        ladder=_ladder(ask),
    )


def _ladder(ask: Asks) -> Ladder:
    at_once = Duration() if ask.close_when_due and ask.due is not None else None
    return Ladder(
        before=ask.remind_before,
        every=ask.remind_every,
        reassign=ask.reassign_after if ask.reassign_to else None,
        reassign_to=codes(ask.reassign_to),
        head=ask.head_after,
        close=ask.close_after if ask.close_after is not None else at_once,
        working=ask.working_time,
    )


def _completed(form: dict[str, Any], ask: Asks) -> dict[str, Any]:
    titled = {"comment": {**form.get("comment", {}), "title": ask.comment_title}} if ask.comment_title else {}
    return {**form, **titled, **({"behalf": True} if ask.for_outside else {})}


def comments(given: Iterable[Answer]) -> str:
    """All comments, a line each, with whoever made it and for whom."""
    return "\n".join(f"{_signed(one)}{one.comment}" for one in given if one.comment)


def _signed(one: Answer) -> str:
    name = f"{one.name} ({one.behalf})" if one.name and one.behalf else one.name
    return f"{name}: " if name else ""


def late_answer(ask: Asks, heard: Heard, *, usual: str = DONE) -> str:
    """The answer that counts for an assignment that is over without one."""
    return (ask.nobody_answer if heard.nobody_left else ask.late_answer) or usual
