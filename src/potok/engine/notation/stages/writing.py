"""From stages to text."""

from __future__ import annotations

from potok.engine.notation.stages.command import Command
from potok.engine.notation.stages.go import Go
from potok.engine.notation.stages.stage import Activity, Duty, Happening, Result, Stage, Stages
from potok.engine.notation.tree import Step, asking, heading, source
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.source import Plain


def write(drawn: Stages) -> str:
    """Write stages so that `read` gives the same; equal stages give equal text."""
    access = {} if drawn.access is None else {"access": drawn.access}
    return source.text({**heading.write(drawn.header), **access, "stages": _written(drawn)})


def _written(drawn: Stages) -> dict[str, Plain]:
    return {stage.id: _stage(stage) for stage in drawn.stages}


def _stage(stage: Stage) -> dict[str, Plain]:
    return {
        **filled(title=stage.title, text=stage.text, status=stage.status, note=stage.note),
        **filled(begin=stage.begin, end=stage.end),
        **_given(responsible=stage.responsible),
        **filled(**{"fields": dict(stage.fields), "with": dict(stage.terms)}),
        **filled(permissions=dict(stage.permissions), enter=_steps(stage.enter)),
        **_given(activity=_activity(stage.activity), task=_duty(stage.task)),
        **filled(run=_steps(stage.runs)),
        **(stage.pause.write() if stage.pause else {}),
        **filled(results={each.name: _result(each) for each in stage.results}, then=stage.then),
        **filled(on=[_happening(each) for each in stage.happenings], leave=_steps(stage.leave)),
    }


def _given(**keys: Plain) -> dict[str, Plain]:
    """Leave out what was not written."""
    return {key: plain for key, plain in keys.items() if plain is not None}


def _steps(steps: tuple[Step, ...]) -> list[Plain]:
    return [asking.written(step) for step in steps]


def _activity(activity: Activity | None) -> Plain:
    return activity and {"type": activity.kind, **filled(comment=activity.comment)}


def _duty(duty: Duty | None) -> Plain:
    return duty and {**duty.params, **_given(after=duty.after), **filled(blocks=duty.blocks)}


def _result(result: Result) -> Plain:
    comment = result.comment if result.comment != "optional" else ""
    return filled(title=result.title, to=result.to, comment=comment)


def _happening(happening: Happening) -> Plain:
    event = asking.written(happening.event)
    usual = isinstance(happening.event, Command)  # A button may be pressed again; a moment comes once.
    repeat = {} if happening.repeat == usual else {"repeat": happening.repeat}
    return {**event, **repeat, **_after(happening.steps)}


def _after(steps: tuple[Step, ...]) -> dict[str, Plain]:
    only = steps[0] if len(steps) == 1 else None
    return {"go": only.to} if isinstance(only, Go) and only == Go(to=only.to) else {"do": _steps(steps)}
