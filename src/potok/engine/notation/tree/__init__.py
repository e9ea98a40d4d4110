"""Definitions as a block tree in YAML. See docs/reference/tree.md.

| verb      | takes                         | gives                                          |
|-----------|-------------------------------|------------------------------------------------|
| `read`    | text                          | `Tree`, or `Problems`                          |
| `write`   | a tree                        | text; `read(write(tree)) == tree`              |
| `compile` | a tree, catalogue, surroundings | `Graph`, or `Problems`                       |
| `check`   | the same                      | everything wrong, and the advice; may be empty |
"""

from .compiling import check, compile  # noqa: A004 -- called through its module: tree.compile
from .reading import read
from .steps import Step, Tree, walk
from .writing import write

__all__ = ["Step", "Tree", "check", "compile", "read", "walk", "write"]
