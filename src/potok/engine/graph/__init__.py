"""The token graph all notations compile to, its laws, a readable dump; and what a compiler must be told about blocks.

`Graph` is what the interpreter runs. A notation makes one with `Sketch`, which checks the laws.
"""

from .coding import decode, encode
from .dump import dump
from .face import PERSON_FIELDS, Called, Catalogue, Face, FormFields, Param, ParamKind, Results, Surroundings
from .graph import ROOT, Graph
from .header import ActsAs, Again, Awaits, Declaration, Header, On, Role, Trigger
from .kinds import CLOSING, OPENING, Kind
from .laws import check
from .payload import (
    Assigned,
    Awaited,
    Calling,
    Caught,
    Due,
    Enough,
    Last,
    Payload,
    Scoped,
    Thrown,
    Ways,
    What,
    Work,
)
from .recipe import AskedField, Fields, Fixed, Form, FormField, Formula, People, Recipe, Several, Text
from .sketch import Sketch

__all__ = [
    "CLOSING",
    "OPENING",
    "PERSON_FIELDS",
    "ROOT",
    "ActsAs",
    "Again",
    "AskedField",
    "Assigned",
    "Awaited",
    "Awaits",
    "Called",
    "Calling",
    "Catalogue",
    "Caught",
    "Declaration",
    "Due",
    "Enough",
    "Face",
    "Fields",
    "Fixed",
    "Form",
    "FormField",
    "FormFields",
    "Formula",
    "Graph",
    "Header",
    "Kind",
    "Last",
    "On",
    "Param",
    "ParamKind",
    "Payload",
    "People",
    "Recipe",
    "Results",
    "Role",
    "Scoped",
    "Several",
    "Sketch",
    "Surroundings",
    "Text",
    "Thrown",
    "Trigger",
    "Ways",
    "What",
    "Work",
    "check",
    "decode",
    "dump",
    "encode",
]
