"""The constructs, one file each; and the block, which is a step like them. A new construct is added to this list."""

from collections.abc import Mapping

from potok.engine.notation.tree.steps import Step

from .assign import Assign
from .attempt import Attempt, Handler, Listener
from .block import Block
from .call import Call
from .choice import Branch, Choice
from .each import Each
from .group import Group
from .loop import Loop
from .parallel import Parallel
from .pause import Pause
from .race import Race, Way
from .stop import Stop
from .switch import Case, Switch
from .terminate import Terminate
from .throw import Throw
from .wait import Wait

CONSTRUCTS: Mapping[str, type[Step]] = {
    each.word: each
    for each in (
        Block, Group, Choice, Switch, Call, Loop, Each, Parallel, Race, Attempt, Pause, Wait, Assign, Throw, Stop,
        Terminate,
    )
}  # fmt: skip

__all__ = [
    "CONSTRUCTS",
    "Assign",
    "Attempt",
    "Block",
    "Branch",
    "Call",
    "Case",
    "Choice",
    "Each",
    "Group",
    "Handler",
    "Listener",
    "Loop",
    "Parallel",
    "Pause",
    "Race",
    "Stop",
    "Switch",
    "Terminate",
    "Throw",
    "Wait",
    "Way",
]
