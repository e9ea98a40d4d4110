"""What several constructs do: check a condition, find the fields it watches, write steps."""

from __future__ import annotations

from potok.engine import expr
from potok.engine.notation.tree import conditions
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft
from potok.engine.notation.tree.source import Path, Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import Problems
from potok.engine.values import YES_NO

NEVER = "false"  # stands for a condition that was complained of


def condition(draft: Draft, plain: Plain, *, path: Path) -> str:
    """Give the formula of a condition, checked."""
    try:
        text = conditions.formula(plain)
    except conditions.Wrong as wrong:
        draft.nested([wrong.complaint], (*path, *wrong.path))
        return NEVER
    found = expr.read(text)
    if isinstance(found, Problems):
        draft.nested(found, path)
        return NEVER
    return text if draft.check(found, wanted=YES_NO, path=path) else NEVER


def watched(text: str) -> tuple[str, ...]:
    """Name the fields of the record that a value depends on."""
    found = expr.read_text(text)
    references = () if isinstance(found, Problems) else found.references
    return tuple(dict.fromkeys(each.path[0] for each in references if each.source == "Document"))


def written(step: Step) -> dict[str, Plain]:
    """Write a step: its name first, then what the construct says, then its switches."""
    named = filled(id=step.id, title=step.title, note=step.note)
    return {**named, **step.write(), **filled(save_point=step.save_point, off=step.off)}
