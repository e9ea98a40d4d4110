"""Definitions in stages, in YAML: from a stage graph to statuses with commands. See docs/reference/stages.md.

The verbs are those of the block tree, whose steps stand in the stages: `read`, `write`, `compile`, `check`.
"""

from .compiling import check, compile  # noqa: A004 -- called through its module: stages.compile
from .draft import OUTCOME
from .reading import read
from .stage import Activity, Duty, Happening, Result, Stage, Stages
from .writing import write

__all__ = ["OUTCOME", "Activity", "Duty", "Happening", "Result", "Stage", "Stages", "check", "compile", "read", "write"]
