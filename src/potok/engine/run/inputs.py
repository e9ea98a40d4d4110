"""What an instance is started with."""

from __future__ import annotations

from collections.abc import Mapping

from potok.engine.graph import Declaration, Graph
from potok.engine.problems import Place, Problem, _, problem
from potok.engine.values import Value, WrongType, coerce, is_empty

MISSING = problem("run.missing_parameter", _("“{title}” is not filled in."), hint=_("Fill it in and start again."))
WRONG = problem("run.wrong_parameter", _("“{title}” cannot be {value}."), hint=_("It has to be: {type}."))
NOT_OFFERED = problem("run.not_offered", _("“{title}” has no choice “{value}”."), hint=_("Pick one of: {choices}."))
UNKNOWN = problem("run.unknown_parameter", _("This process has no parameter “{name}”."))


def check_inputs(graph: Graph, inputs: Mapping[str, Value]) -> list[Problem]:
    """Tell what is wrong with the values an instance is to be started with; each problem names its parameter."""
    known = {declaration.name: declaration for declaration in graph.header.parameters}
    found = [UNKNOWN.at(Place((name,)), name=name) for name in inputs if name not in known]
    for declaration in graph.header.parameters:
        wrong = _wrong(declaration, inputs.get(declaration.name, declaration.default))
        found += [wrong] if wrong else []
    return found


def _wrong(declaration: Declaration, given: Value) -> Problem | None:
    place, title = Place((declaration.name,)), declaration.title or declaration.name
    if is_empty(given):
        return MISSING.at(place, title=title) if declaration.required else None
    try:
        value = coerce(given, declaration.type)
    except WrongType:
        return WRONG.at(place, title=title, value=given, type=str(declaration.type))
    keys = [key for key, _label in declaration.choices]
    strange = [item for item in (value if isinstance(value, tuple) else (value,)) if keys and item not in keys]
    return NOT_OFFERED.at(place, title=title, value=strange[0], choices=", ".join(keys)) if strange else None
