"""Runs definitions in stages in memory: the blocks that stages bring with them answer as the real ones do."""

from potok.engine import graph, notation, run
from potok.engine.notation.stages import Stages
from tests.engine.notation.stage_world import CATALOGUE
from tests.engine.notation.world import SURROUNDINGS
from tests.engine.run.machine import Machine


class StageMachine(Machine):
    """Leaving a stage gives where it leads; all else is as in a tree."""

    def _answer(self, step: run.Step) -> run.Event | None:
        for effect in step.effects:
            if isinstance(effect, run.Perform) and effect.block == "leave":
                return run.Performed(effect.token, {"next_stage": str(effect.params["to"])})
        return super()._answer(step)


def compiled(text: str) -> graph.Graph:
    """Compile a definition in stages."""
    drawn = notation.read(text)
    assert isinstance(drawn, Stages), str(drawn)
    made = notation.compile(drawn, CATALOGUE, SURROUNDINGS)
    assert isinstance(made, graph.Graph), str(made)
    return made
