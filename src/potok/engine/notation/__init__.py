"""The forms a process is written in. Each offers the verbs `read`, `write`, `compile` and `check`; see `tree`.

The verbs here pick the form by what the text holds, so a caller need not know how many there are.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from potok.engine.graph import Catalogue, Graph, Surroundings
from potok.engine.notation import stages, tree
from potok.engine.notation.stages import Stages
from potok.engine.notation.tree import Tree
from potok.engine.problems import Problem, Problems

Drawn: TypeAlias = Tree | Stages

# Keys of the definition itself begin their line; what is nested, or stands in a text, is indented.
IN_STAGES = re.compile(r"""^(["']?)stages\1\s*:""", re.MULTILINE)


def read(text: str) -> Drawn | Problems:
    """Read a definition in whichever form it is written."""
    return stages.read(text) if IN_STAGES.search(text) else tree.read(text)


def write(drawn: Drawn) -> str:
    """Write a definition in its own form."""
    return stages.write(drawn) if isinstance(drawn, Stages) else tree.write(drawn)


def compile(drawn: Drawn, catalogue: Catalogue, surroundings: Surroundings) -> Graph | Problems:
    """Compile a definition, or tell everything that keeps it from being published."""
    if isinstance(drawn, Stages):
        return stages.compile(drawn, catalogue, surroundings)
    return tree.compile(drawn, catalogue, surroundings)


def check(drawn: Drawn, catalogue: Catalogue, surroundings: Surroundings) -> list[Problem]:
    """List everything wrong with a definition, and the advice about it, in the order of its lines."""
    if isinstance(drawn, Stages):
        return stages.check(drawn, catalogue, surroundings)
    return tree.check(drawn, catalogue, surroundings)
