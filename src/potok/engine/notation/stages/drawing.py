"""One stage as a part of the graph.

    come ─ (the stage's scope: enter ─ its steps ─ work ─ leave ─ won) ─ left ─ steps of leaving ─ to the next come
                    └ every command, timer and condition listens beside them

The scope stays open until something leaves it, so a stage without work waits for its commands.
"""

from __future__ import annotations

from dataclasses import replace

from potok.engine.graph import Kind, Scoped, Ways
from potok.engine.notation.stages.command import Command
from potok.engine.notation.stages.draft import ACTIVITY, TASK, TO, StageDraft, caused
from potok.engine.notation.stages.go import Go
from potok.engine.notation.stages.own_steps import DoWork, Enter, GoByResult
from potok.engine.notation.stages.stage import Happening, Stage
from potok.engine.notation.tree import Step
from potok.engine.notation.tree.constructs import Block, Call, Parallel, Pause
from potok.engine.notation.tree.constructs.race import NO_EVENT
from potok.engine.notation.tree.draft import Ends
from potok.engine.notation.tree.source import Plain
from potok.engine.problems import _, problem
from potok.engine.values import PERSON

ONCE_ONLY = problem(
    "stages.once_only",
    _("A moment comes only once: this cannot be repeated."),
    hint=_("Remove “repeat”, or write how long to wait with “for”."),
)


def draw(draft: StageDraft, stage: Stage, *, come: int, access: Plain = None) -> list[tuple[int, str]]:
    """Draw a stage behind the node where one comes to it; give the nodes that lead on, each with its stage."""
    enter = Enter(stage=stage, place=stage.place, access=access)
    if stage.end:
        ends = draft.sequence((enter, *stage.enter), after=[come], path=stage.place)
        if ends:
            draft.link(ends, to=draft.sketch.add(Kind.END, name=f"{stage.id}.end"))
        return []
    draft.stage, draft.left, draft.targets = stage, [], {}
    scope = draft.sketch.add(Kind.SCOPE, name=f"{stage.id}.open", title=stage.title, payload=Scoped(stays=True))
    draft.link([come], to=scope)
    draft.sketch.open(scope)
    resting = draft.sequence((enter, *_body(draft, stage)), after=[scope], path=stage.place)
    for index, happening in enumerate((*stage.happenings, *_delayed(draft, stage))):
        resting += _listen(draft, happening, scope=scope, id=f"{stage.id}_on_{index}")
    if resting:
        draft.link(resting, to=draft.sketch.add(Kind.END, name=f"{stage.id}.rest"))
    draft.sketch.close()
    draft.stage = None
    return _left(draft, stage)


def _body(draft: StageDraft, stage: Stage) -> list[Step]:
    """The steps of a stage in their order: what it does by itself, then its pause, then work on it."""
    body = [*stage.enter, *_activity(draft, stage)]
    if stage.task and not stage.task.blocks and stage.task.after is None:
        body.append(_task(draft, stage))
    body += _runs(stage)
    body += [replace(stage.pause, id=f"{stage.id}_pause", title=stage.title)] if stage.pause else []
    work: list[Step] = [DoWork(stage=stage, place=(*stage.place, "results"))] if stage.results else []
    if stage.task and stage.task.blocks:
        duty = (*_wait_before(stage), _task(draft, stage))
        work = [Parallel(branches=(duty, tuple(work)), place=(stage.id, "both"))] if work else [*duty]
    last = _last(stage)
    return [*body, *work, *([last] if last else [])]


def _last(stage: Stage) -> Step | None:
    if stage.results:
        return GoByResult(stage=stage, place=(*stage.place, "results"))
    return Go(to=stage.then, place=(*stage.place, "then")) if stage.then else None


def _activity(draft: StageDraft, stage: Stage) -> list[Step]:
    """The block that notes it, for the stage's responsible person."""
    if stage.activity is None:
        return []
    place = (*stage.place, "activity")
    responsible = f"{{={stage.id}:responsible}}"
    params = {"kind": stage.activity.kind, "comment": stage.activity.comment, "to": responsible}
    block = draft.serving(ACTIVITY, path=place)
    return [Block(block=block, params=params, place=place, id=f"{stage.id}_activity", title=stage.title)]


def _task(draft: StageDraft, stage: Stage) -> Step:
    """The block that gives the task: to the stage's responsible person, unless somebody is named."""
    assert stage.task
    place = (*stage.place, "task")
    responsible = f"{{={stage.id}:responsible}}"
    params = {"responsible": responsible, **stage.task.params, "wait": stage.task.blocks}
    block = draft.serving(TASK, path=place)
    return Block(block=block, params=params, place=place, id=f"{stage.id}_task", title=stage.title)


def _wait_before(stage: Stage) -> list[Step]:
    if stage.task is None or stage.task.after is None:
        return []
    return [Pause(lasts=stage.task.after, place=(*stage.place, "task", "after"), id=f"{stage.id}_later")]


def _delayed(draft: StageDraft, stage: Stage) -> list[Happening]:
    """A task that comes later and holds nothing up listens for its moment like a timer."""
    if stage.task is None or stage.task.blocks or stage.task.after is None:
        return []
    return [Happening(event=_wait_before(stage)[0], steps=(_task(draft, stage),))]


def _runs(stage: Stage) -> list[Step]:
    """Other processes: those nobody waits for begin first, the others run side by side."""
    awaited = [step for step in stage.runs if isinstance(step, Call) and step.wait]
    begun = [step for step in stage.runs if step not in awaited]
    if len(awaited) < 2:
        return [*begun, *awaited]
    return [*begun, Parallel(branches=tuple((step,) for step in awaited), place=(stage.id, "runs"))]


def _listen(draft: StageDraft, happening: Happening, *, scope: int, id: str) -> Ends:
    """Draw an event and its steps."""
    event = happening.event
    if event.off:
        return []
    if not draft.happens(event):
        draft.complain(NO_EVENT, event.place, word=event.word)
    by = event.id or id if isinstance(event, Command) else ""
    if by and not event.id:
        event = replace(event, id=id)
        draft.results[id] = {"by": PERSON}
    ends = event.compile(draft, after=[scope])
    if happening.repeat and isinstance(event, Pause) and event.until is not None:
        draft.complain(ONCE_ONLY, event.place)
    # What leaves the stage at once need not be listened for anew.
    if happening.repeat and not isinstance(happening.steps[0] if happening.steps else None, Go):
        ends = [draft.add(event, Kind.AGAIN, after=ends, part="again")]
    draft.see([event])
    draft.cause = caused(event.title or getattr(event, "words", ""), by)
    with draft.leaving("branch") as stopped:
        ends = draft.sequence(happening.steps, after=ends, path=(*event.place, "do"))
    draft.cause = caused("", "")
    return [*ends, *stopped["branch"]]


def _left(draft: StageDraft, stage: Stage) -> list[tuple[int, str]]:
    """Draw what follows once the stage is left: its steps of leaving, then the choice of where to go."""
    ends, targets = draft.left, [name for name in draft.stages if name in draft.targets]
    if not targets:
        return []
    if len(ends) > 1:
        left = draft.sketch.add(Kind.MERGE, name=f"{stage.id}.left")
        draft.link(ends, to=left)
        ends = [left]
    if stage.leave:
        ends = draft.sequence(stage.leave, after=ends, path=(*stage.place, "leave"))
    if len(targets) == 1 or not ends:
        return [(end, target) for end in ends for target in targets]
    ways = Ways(tuple(f'{{=Variable:{TO}}} = "{target}"' for target in targets))
    choice = draft.sketch.add(Kind.CHOICE, name=f"{stage.id}.next", payload=ways)
    draft.link(ends, to=choice)
    return [(choice, target) for target in targets]
