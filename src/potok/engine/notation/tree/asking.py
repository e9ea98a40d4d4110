"""What several constructs do: check a condition, find the fields it watches, write steps."""

from __future__ import annotations

from decimal import Decimal

from potok.engine import expr
from potok.engine.notation.tree import conditions
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.draft import Draft
from potok.engine.notation.tree.source import Path, Plain
from potok.engine.notation.tree.steps import Step
from potok.engine.problems import Problems
from potok.engine.values import ANY, NUMBER, YES_NO, Type, many

NEVER = "not(true)"  # stands for a condition that was complained of


def condition(draft: Draft, plain: Plain, *, path: Path, record: str = "Document:") -> str:
    """Give the formula of a condition, checked; `record` is what goes before the names of its fields."""
    try:
        text = conditions.formula(plain, record=record)
    except conditions.Wrong as wrong:
        draft.nested([wrong.complaint], (*path, *wrong.path))
        return NEVER
    found = expr.read(text)
    if isinstance(found, Problems):
        draft.nested(found, path)
        return NEVER
    return text if draft.check(found, wanted=YES_NO, path=path) else NEVER


def type_of(draft: Draft, plain: Plain) -> Type:
    """Tell the type of a value: what its formula gives, or the list of what is written out."""
    if isinstance(plain, list):
        kinds = {type_of(draft, item).single for item in plain}
        return many(kinds.pop() if len(kinds) == 1 else ANY)
    if not isinstance(plain, str):
        return YES_NO if isinstance(plain, bool) else NUMBER if isinstance(plain, int | Decimal) else ANY
    found = expr.read_text(plain)
    return ANY if isinstance(found, Problems) else expr.check(found, draft.types, fields=draft.linked)[0]


def is_reference(text: str) -> bool:
    """Tell whether a text is one reference and nothing else."""
    found = expr.read_text(text.strip())
    return not isinstance(found, Problems) and isinstance(getattr(found.sole, "root", None), expr.Reference)


def watched(text: str, *, behind: str = "Document:") -> tuple[str, ...]:
    """Name the fields of a record that a value depends on: `behind` is how it refers to that record."""
    found = expr.read_text(text)
    source, _, path = behind.partition(":")
    before = tuple(path.split(".")[:-1])
    references = () if isinstance(found, Problems) else found.references
    return tuple(
        dict.fromkeys(
            each.path[len(before)]
            for each in references
            if each.source == source and each.path[: len(before)] == before and len(each.path) > len(before)
        )
    )


def written(step: Step) -> dict[str, Plain]:
    """Write a step: its name first, then what the construct says, then its switches."""
    named = filled(id=step.id, title=step.title, note=step.note)
    return {**named, **step.write(), **filled(save_point=step.save_point, off=step.off)}
