"""The constructs, one file each; and the block, which is a step like them. A new construct is added to this list."""

from collections.abc import Mapping

from potok.engine.notation.tree.steps import Step

from .assign import Assign
from .block import Block
from .call import Call
from .choice import Branch, Choice
from .loop import Loop
from .parallel import Parallel
from .pause import Pause
from .race import Race, Way
from .terminate import Terminate
from .wait import Wait

CONSTRUCTS: Mapping[str, type[Step]] = {
    each.word: each for each in (Block, Choice, Loop, Parallel, Race, Pause, Wait, Assign, Call, Terminate)
}

__all__ = [
    "CONSTRUCTS",
    "Assign",
    "Block",
    "Branch",
    "Call",
    "Choice",
    "Loop",
    "Parallel",
    "Pause",
    "Race",
    "Terminate",
    "Wait",
    "Way",
]
