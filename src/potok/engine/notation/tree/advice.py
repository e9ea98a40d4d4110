"""What can be told of a definition before it runs: branches never taken, loops without end, variables never set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from potok.engine import expr
from potok.engine.notation.tree.asking import NEVER
from potok.engine.notation.tree.draft import Draft
from potok.engine.notation.tree.source import Path
from potok.engine.notation.tree.steps import Step, walk
from potok.engine.problems import Problems, Severity, _, problem
from potok.engine.values import Value

NEVER_TAKEN = problem(
    "tree.never_taken",
    _("This branch is never done: its condition never holds, or one before it always does."),
    hint=_("Correct the condition, or take the branch out."),
    severity=Severity.ADVICE,
)
ENDLESS = problem(
    "tree.endless_loop",
    _("This loop never ends: its condition always holds, and nothing in it stops it."),
    hint=_("Give it a condition, or a “stop: loop” behind one."),
    severity=Severity.ADVICE,
)
NEVER_SET = problem(
    "tree.never_set",
    _("The variable “{name}” is used and never gets a value."),
    hint=_("Give it a default, set it, or ask for it in a form."),
    severity=Severity.ADVICE,
)
ANY_TIME = expr.Context(at=datetime(2000, 1, 1, tzinfo=UTC), zone="UTC")
LEAVING = frozenset({"stop", "terminate", "throw"})


def constant(condition: str) -> bool | None:
    """Work out a condition that refers to nothing and calls nothing; None for any other."""
    found = expr.read(condition)
    if isinstance(found, Problems) or found.references or "(" in condition.lstrip("("):
        return None
    try:
        answer = expr.evaluate(found, _nothing, ANY_TIME)
    except expr.Failure:
        return None
    return answer if isinstance(answer, bool) else None


def branches(draft: Draft, conditions: Sequence[str | None], *, paths: Sequence[Path]) -> None:
    """Advise about branches that are never done."""
    over, seen = False, set[str]()
    for condition, path in zip(conditions, paths, strict=True):
        holds = True if condition is None else constant(condition)
        if over or holds is False or condition in seen - {NEVER}:
            draft.complain(NEVER_TAKEN, path)
        over = over or holds is True
        seen.add(condition or "")


def loop(draft: Draft, condition: str, steps: Sequence[Step], *, path: Path) -> None:
    """Advise about a loop that nothing ends."""
    if constant(condition) is True and not any(step.word in LEAVING for step in walk(steps)):
        draft.complain(ENDLESS, path)


def variables(draft: Draft) -> None:
    """Advise about variables that are read and never set, by a step or a form."""
    written = {name for step in walk(draft.tree.steps) for name in step.sets()} | draft.filled
    read = draft.read | set(draft.header.results)
    for each in draft.header.variables:
        if each.default is None and each.name in read - written:
            draft.complain(NEVER_SET, ("variables", each.name), name=each.name)


def _nothing(reference: expr.Reference) -> Value:
    raise LookupError(reference)
