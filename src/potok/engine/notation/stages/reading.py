"""From text to stages."""

from __future__ import annotations

from dataclasses import replace

from potok.engine.notation.stages.command import Command
from potok.engine.notation.stages.go import Go
from potok.engine.notation.stages.stage import COMMENTS, Activity, Duty, Happening, Result, Stage, Stages
from potok.engine.notation.tree import Step, heading
from potok.engine.notation.tree.constructs import Call
from potok.engine.notation.tree.declarations import NAME, WRONG_NAME
from potok.engine.notation.tree.given import ABSENT, Given, Page
from potok.engine.notation.tree.reading import DOUBLED_ID, RESERVED, RESERVED_ID, check_ids, read_step
from potok.engine.notation.tree.source import Source, parse
from potok.engine.problems import Problems, _, problem

TWO_WAYS = problem(
    "stages.two_ways", _("“do” and “go” stand beside each other."), hint=_("Put “- go: {stage}” at the end of “do”.")
)
NOT_A_PROCESS = problem(
    "stages.not_a_process", _("A stage runs other processes here."), hint=_("Write “- run:” with the code of one.")
)

OWN: tuple[type[Step], ...] = (Go, Command)


def read(text: str) -> Stages | Problems:
    """Read a definition in stages. As with a tree, `problems` tells what is wrong with its form."""
    source = parse(text)
    return source if isinstance(source, Problems) else _stages(source)


def _stages(source: Source) -> Stages | Problems:
    page = Page(source.marks, read_step=_step)
    page.problems += source.problems
    given = Given(source.plain, path=(), page=page)
    if not given.is_mapping:
        return Problems(page.problems)
    header, access = heading.read(given), given.any("access")
    stages = tuple(_stage(each, id=name) for name, each in given.named("stages"))
    given.nothing_else()
    drawn = Stages(header, stages, access, source.marks)
    check_ids(drawn.tree(), page)
    _check_stage_ids(drawn, page)
    return replace(drawn, problems=tuple(page.problems), unread=frozenset(page.unread))


def _step(given: Given) -> Step | None:
    """Read a step of a tree, or one that only stages have."""
    own = next((kind for kind in OWN if given.has(kind.word)), None)
    if own is None:
        return read_step(given)
    id, title, note, off = given.text("id"), given.text("title"), given.text("note"), given.yes("off")
    found = replace(own.read(given), id=id, title=title, note=note, off=off, place=given.path)
    given.nothing_else()
    return found


def _stage(given: Given, *, id: str) -> Stage:
    stage = Stage(
        id=id,
        title=given.text("title"),
        text=given.text("text"),
        status=given.text("status"),
        note=given.text("note"),
        begin=given.yes("begin"),
        end=given.yes("end"),
        responsible=given.any("responsible"),
        fields=given.mapping("fields"),
        terms=given.mapping("with"),
        permissions=given.mapping("permissions"),
        enter=_steps(given, "enter"),
        activity=_activity(given),
        task=_duty(given),
        runs=_runs(given),
        pause=_pause(given),
        results=tuple(_result(each, name=name) for name, each in given.named("results")),
        then=given.text("then"),
        happenings=tuple(found for each in given.each("on") if (found := _happening(each))),
        leave=_steps(given, "leave"),
    )
    given.nothing_else()
    return stage


def _steps(given: Given, key: str) -> tuple[Step, ...]:
    return given.steps(key) if given.any(key) is not None else ()


def _activity(given: Given) -> Activity | None:
    if given.any("activity") is None:
        return None
    inner = given.under("activity")
    found = Activity(kind=inner.text("type", required=True), comment=inner.text("comment"))
    inner.nothing_else()
    return found


def _duty(given: Given) -> Duty | None:
    if given.any("task") is None:
        return None
    inner = given.under("task")
    params = {key: plain for key, plain in inner.plain.items() if key not in ("after", "blocks")}
    return Duty(params=params, after=inner.any("after"), blocks=inner.yes("blocks"))


def _runs(given: Given) -> tuple[Step, ...]:
    found = _steps(given, "run")
    for step in found:
        if not isinstance(step, Call):
            given.page.problems.append(NOT_A_PROCESS.at(given.page.place(step.place)))
    return tuple(step for step in found if isinstance(step, Call))


def _pause(given: Given) -> Step | None:
    plain = given.any("pause")
    return None if plain is None else _step(Given({"pause": plain}, path=given.path, page=given.page))


def _result(given: Given, *, name: str) -> Result:
    if not NAME.fullmatch(name):
        given.complain(WRONG_NAME, name=name)
    found = Result(
        name=name,
        title=given.text("title"),
        to=given.text("to"),
        comment=given.one_of("comment", str, default="optional", offered=COMMENTS),
    )
    given.nothing_else()
    return found


def _happening(given: Given) -> Happening | None:
    """Take an event, which is a step, with what follows: steps under `do`, or a stage under `go`."""
    keys = ("do", "go", "repeat")
    rest = {key: plain for key, plain in given.plain.items() if key not in keys}
    event = given.page.read_step(Given(rest, path=given.path, page=given.page))
    repeat = given.yes("repeat", default=isinstance(event, Command))
    if given.has("do") and given.has("go"):
        given.complain(TWO_WAYS, "go", stage=given.plain["go"])
    elif not given.has("do") and not given.has("go") and given.is_mapping:
        given.complain(ABSENT, "do", key="do")
    steps: tuple[Step, ...] = _steps(given, "do")
    if given.has("go") and not given.has("do"):
        steps = (Go(to=given.text("go"), place=(*given.path, "go")),)
    return Happening(event=event, steps=steps, repeat=repeat) if event else None


def _check_stage_ids(drawn: Stages, page: Page) -> None:
    """A stage's id names its results in formulas as that of a step does, so both have to be told apart."""
    steps = {step.id for stage in drawn.stages for step in stage.steps() if step.id}
    for stage in drawn.stages:
        place = page.place(stage.place)
        if not NAME.fullmatch(stage.id):
            page.problems.append(WRONG_NAME.at(place, name=stage.id))
        elif stage.id in RESERVED:
            page.problems.append(RESERVED_ID.at(place, id=stage.id))
        elif stage.id in steps:
            page.problems.append(DOUBLED_ID.at(place, id=stage.id))
