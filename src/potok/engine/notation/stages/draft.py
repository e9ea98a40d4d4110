"""Stages on their way to a graph: the stage that is being drawn, and the ways that lead out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from potok.engine.graph import ROOT, Catalogue, Fields, Fixed, Formula, Kind, Recipe, Surroundings, Work
from potok.engine.notation.stages.stage import Stage, Stages
from potok.engine.notation.tree.draft import Draft, Ends
from potok.engine.notation.tree.source import Path
from potok.engine.problems import _, problem
from potok.engine.values import PERSON, TEXT, Type

ENTER, WORK, LEAVE, TASK, ACTIVITY, COMMAND = (
    "stages.enter", "stages.work", "stages.leave", "stages.task", "stages.activity", "stages.command",
)  # fmt: skip

# What the last transition was, for every formula behind it: whichever stage it left.
RESULT, BY, COMMENT, TO, NEXT = "stage_result", "stage_by", "stage_comment", "next_stage", "next_responsible"
OUTCOME: Mapping[str, Type] = {RESULT: TEXT, BY: PERSON, COMMENT: TEXT, TO: TEXT, NEXT: PERSON}

NO_SUCH_STAGE = problem("stages.no_such_stage", _("There is no stage “{name}”."), hint=_("{guess}There are: {known}."))
NO_GO_HERE = problem(
    "stages.no_go_here",
    _("The stage is left already: “go” leads nowhere from here."),
    hint=_("Put it among the steps of entering, of a command or of a timer."),
)
NOT_SERVED = problem("stages.not_served", _("No block of this installation does “{what}” for stages."))


@dataclass(frozen=True)
class Cause:
    """Why a stage is left, as its protocol says it: the words of a command, who gave it."""

    title: str = ""
    by: Recipe | None = None


class StageDraft(Draft):
    """A draft that knows which stage is being drawn and collects the ways out of it."""

    def __init__(self, drawn: Stages, *, catalogue: Catalogue, surroundings: Surroundings) -> None:
        super().__init__(drawn.tree(), catalogue=catalogue, surroundings=surroundings)
        self.stages = {stage.id: stage for stage in drawn.stages}
        self.variables.update({name: type_ for name, type_ in OUTCOME.items() if name not in self.variables})
        self.results.update({stage.id: {"responsible": PERSON} for stage in drawn.stages})
        self.seen.update(dict.fromkeys(self.stages))
        task = next((face for face in catalogue.values() if face.serves == TASK), None)
        self.results.update({f"{stage.id}_task": task.results_of({}) for stage in drawn.stages if stage.task and task})
        self.stage: Stage | None = None  # None: nothing can be left here
        self.cause = Cause()
        self.left: Ends = []
        self.targets: dict[str, None] = {}

    def serving(self, what: str, *, path: Path) -> str:
        """Name the block that does this for stages."""
        name = next((name for name, face in self.catalogue.items() if face.serves == what), "")
        if not name:
            self.complain(NOT_SERVED, path, what=what)
        return name

    def known_stage(self, name: str, *, path: Path) -> bool:
        """Complain of a stage that does not exist."""
        if name in self.stages:
            return True
        close = get_close_matches(name, self.stages, n=1)
        guess = f"“{close[0]}”? " if close else ""
        self.complain(NO_SUCH_STAGE, path, name=name, guess=guess, known=", ".join(self.stages))
        return False

    def go(self, name: str, *, after: Ends, to: str, path: Path) -> None:
        """Leave the stage for another, whatever its results; from any depth of scopes within it."""
        if self.stage is None:
            self.complain(NO_GO_HERE, path)
        if self.known_stage(to, path=path) and self.stage:
            outcome = (("to", Fixed(to)), ("title", Fixed(self.cause.title)))
            by: tuple[tuple[str, Recipe], ...] = (("by", self.cause.by),) if self.cause.by else ()
            self._leave(name, after=after, params=(*outcome, *by))
            self.targets[to] = None

    def go_by_result(self, name: str, *, after: Ends) -> None:
        """Leave the stage for where the result of its work leads."""
        assert self.stage
        titles = Fields(tuple((each.name, Fixed(each.title or each.name)) for each in self.stage.results))
        outcome = [("to", TO), ("result", RESULT), ("by", BY), ("comment", COMMENT), ("next", NEXT)]
        given = tuple((key, Formula(f"{{=Variable:{name}}}", OUTCOME[name])) for key, name in outcome)
        self._leave(name, after=after, params=(*given, ("titles", titles)))
        self.targets.update((each.to, None) for each in self.stage.results if each.to in self.stages)

    def _leave(self, name: str, *, after: Ends, params: tuple[tuple[str, Recipe], ...]) -> None:
        assert self.stage
        block = self.serving(LEAVE, path=self.stage.place)
        work = Work(block, (("stage", Fixed(self.stage.id)), *params), stores=tuple(OUTCOME.items()))
        node = self.sketch.add(Kind.BLOCK, name=name, payload=work)
        self.link(after, to=node)
        self.left.append(self._closed(name, node))

    def _closed(self, name: str, node: int) -> int:
        """Close every scope from here to outside the stage, the innermost first: all else in them is withdrawn."""
        inside = self.sketch.current
        while self.sketch.current != ROOT:
            self.sketch.close()
            won = self.sketch.add(Kind.WIN, name=f"{name}.won.{self.sketch.current}")
            self.link([node], to=won)
            node = won
        self.sketch.current = inside
        return node


def caused(title: str, by: str) -> Cause:
    """Name a cause; `by` is the step whose result tells who it was, empty for nobody."""
    return Cause(title, Formula(f"{{={by}:by}}", PERSON) if by else None)
