"""The values of an instance that is moved to another version: results follow their steps, variables their types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from potok.engine import values
from potok.engine.graph import Declaration, Graph
from potok.engine.problems import Place, Problem, Problems, _, problem
from potok.engine.run.migrating import Plan
from potok.engine.values import WrongType, coerce, is_empty

UNFIT = problem(
    "run.migration_unfit",
    _("“{title}” holds {value}, which the other version cannot take: it has to be {wanted}."),
    hint=_("Change the value in the process first."),
)
DECLARED = {"Variable": "variables", "Template": "parameters"}
Kept = Mapping[str, Mapping[str, Any]]  # by source and name, each value as it is stored


def carried(kept: Kept, old: Graph, new: Graph, plan: Plan) -> dict[str, dict[str, Any]] | Problems:
    """Give the stored values as the other version names and types them; a variable that is new gets its default."""
    names = {old.names[here]: new.names[there] for here, there in plan.to.items()}
    moved = {_renamed(source, names): dict(held) for source, held in kept.items()}
    found: list[Problem] = []
    for source, part in DECLARED.items():
        for declared in getattr(new.header, part):
            found += _fit(moved, source, declared)
    return Problems(found) if found else moved


def _renamed(source: str, names: Mapping[str, str]) -> str:
    """A result of a step that lies in one item of a list is kept under the step and the scope of the item."""
    step, mark, scope = source.partition("@")
    return f"{names.get(step, step)}{mark}{scope}"


def _fit(moved: dict[str, dict[str, Any]], source: str, declared: Declaration) -> list[Problem]:
    held = moved.get(source, {})
    if declared.name not in held:
        if source == "Variable" and not is_empty(declared.default):
            moved.setdefault(source, {})[declared.name] = values.encode(declared.default)
        return []
    value = values.decode(held[declared.name])
    try:
        held[declared.name] = values.encode(coerce(value, declared.type))
    except WrongType:
        title = declared.title or declared.name
        place = Place((declared.name,))
        return [UNFIT.at(place, title=title, value=values.show(value), wanted=str(declared.type))]
    return []
