"""The expression language: read, check types, evaluate, write.

A formula stands in three forms: a whole value that begins with `=`, a reference `{=Source:name}` and a formula
`{{=…}}` inserted in a text. Conditions of branches, triggers and filters are formulas that give yes or no.

| verb          | takes                      | gives                                                 |
|---------------|----------------------------|-------------------------------------------------------|
| `read`        | a bare formula             | `Expression`, or `Problems`                           |
| `read_text`   | a value with insertions    | `Template`, or `Problems`                             |
| `check`       | either, types of references| its type, and all that is wrong                       |
| `evaluate`    | either, `look`, `Context`  | a value; raises `Failure`, and what `look` raises     |
| `render`      | either, `look`, `Context`  | the value as text                                     |
| `write`       | either                     | its text; `read(write(e)) == e`                       |
"""

from .chance import Chance
from .checking import check, check_condition
from .evaluation import evaluate, render
from .expression import Context, Expression, Failure, Look, Template
from .functions import Function, all_functions
from .node import Binary, Bound, Call, Literal, Local, Node, Reference, Unary, walk
from .outside import Outside
from .reading import read, read_text
from .writing import write

__all__ = [
    "Binary",
    "Bound",
    "Call",
    "Chance",
    "Context",
    "Expression",
    "Failure",
    "Function",
    "Literal",
    "Local",
    "Look",
    "Node",
    "Outside",
    "Reference",
    "Template",
    "Unary",
    "all_functions",
    "check",
    "check_condition",
    "evaluate",
    "read",
    "read_text",
    "render",
    "walk",
    "write",
]
