"""From stages to graph."""

from __future__ import annotations

from dataclasses import replace

from potok.engine.graph import Catalogue, FormField, Graph, Kind, Surroundings
from potok.engine.notation.stages import drawing, faults
from potok.engine.notation.stages.draft import StageDraft
from potok.engine.notation.stages.stage import Stage, Stages
from potok.engine.notation.tree import declarations
from potok.engine.notation.tree.compiling import all_variables, checked_header, finished, found_wrong, learn_results
from potok.engine.notation.tree.given import Given, Page
from potok.engine.problems import Problem, Problems


def compile(drawn: Stages, catalogue: Catalogue, surroundings: Surroundings) -> Graph | Problems:
    """Compile stages, or tell everything that keeps them from being published."""
    return finished(_drawn(drawn, catalogue, surroundings))


def check(drawn: Stages, catalogue: Catalogue, surroundings: Surroundings) -> list[Problem]:
    """List everything wrong with stages, and the advice about them, in the order of the lines."""
    return found_wrong(_drawn(drawn, catalogue, surroundings))


def _drawn(drawn: Stages, catalogue: Catalogue, surroundings: Surroundings) -> StageDraft:
    draft = StageDraft(drawn, catalogue=catalogue, surroundings=surroundings)
    learn_results(draft)
    for stage in drawn.stages:
        _declare(draft, stage)
    draft.sketch.header = checked_header(draft)
    faults.look(draft, drawn)
    _draw(draft, drawn)
    draft.sketch.header = replace(draft.sketch.header, variables=all_variables(draft))
    return draft


def _draw(draft: StageDraft, drawn: Stages) -> None:
    begin = draft.sketch.add(Kind.START, name="start")
    come = {stage.id: draft.sketch.add(Kind.MERGE, name=f"{stage.id}.come") for stage in drawn.stages}
    for stage in drawn.stages:
        if stage.begin:
            draft.link([begin], to=come[stage.id])
    ways = []
    for stage in drawn.stages:
        access = drawn.access if stage.begin else None
        ways += drawing.draw(draft, stage, come=come[stage.id], access=access)
    for source, target in ways:
        draft.sketch.flow(source, to=come[target])


def _declare(draft: StageDraft, stage: Stage) -> None:
    """Know the variables that keep what is filled in with a result before the first formula is checked."""
    page = Page({}, read_step=lambda given: None)
    for name, plain in stage.fields.items():
        draft.declare(FormField(name, declarations.read_type(Given(plain, path=(), page=page))))
