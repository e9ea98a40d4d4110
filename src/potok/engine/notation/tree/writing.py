"""From tree to text."""

from __future__ import annotations

from potok.engine.notation.tree import asking, heading, source
from potok.engine.notation.tree.steps import Tree


def write(tree: Tree) -> str:
    """Write a tree so that `read` gives the same one; equal trees give equal text."""
    return source.text({**heading.write(tree.header), "do": [asking.written(step) for step in tree.steps]})
