"""What authors do to a tree between two versions: steps added, dropped, moved, retyped, wherever they lie."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import strategies as st

from potok.engine.notation.tree import Step, Tree
from tests.engine.notation.trees import leaves

Steps = tuple[Step, ...]


def edited(sample: Tree, data: st.DataObject) -> Tree:
    """Change one sequence of a tree in one way."""
    place = data.draw(st.integers(0, _count(sample.steps) - 1), label="sequence")
    steps, _ = _change(sample.steps, place, data)
    return Tree(sample.header, steps)


def _count(steps: Steps) -> int:
    return 1 + sum(_count(inner) for step in steps for inner in _inner(step))


def _change(steps: Steps, place: int, data: st.DataObject) -> tuple[Steps, int]:
    """Change the sequence number `place`, counted from here; answers what is left to count."""
    if place == 0:
        return _edit(steps, data), -1
    place -= 1
    made = []
    for step in steps:
        changed, place = _within(step, place, data) if place >= 0 else (step, place)
        made.append(changed)
    return tuple(made), place


def _within(step: Step, place: int, data: st.DataObject) -> tuple[Step, int]:
    def walk(thing: Any) -> Any:
        nonlocal place
        if place < 0:
            return thing
        if _is_steps(thing):
            changed, place = _change(thing, place, data)
            return changed
        if isinstance(thing, tuple):
            return tuple(walk(each) for each in thing)
        if is_dataclass(thing) and not isinstance(thing, Step | type):
            return replace(thing, **{each.name: walk(getattr(thing, each.name)) for each in fields(thing)})
        return thing

    names = [each.name for each in fields(step) if isinstance(getattr(step, each.name), tuple) and each.name != "place"]
    return replace(step, **{name: walk(getattr(step, name)) for name in names}), place


def _inner(step: Step) -> list[Steps]:
    return [tuple(each) for each in step.inside() if each]


def _is_steps(thing: Any) -> bool:
    return isinstance(thing, tuple) and bool(thing) and all(isinstance(each, Step) for each in thing)


def _edit(steps: Steps, data: st.DataObject) -> Steps:
    at = data.draw(st.integers(0, len(steps) - 1), label="at")
    step, rest = steps[at], (*steps[:at], *steps[at + 1 :])
    # What counts in a loop is left alone, so that it ends.
    kind = data.draw(st.sampled_from(["add", "drop", "move", "retype"]), label="edit")
    if kind == "add" or step.word == "set" or (kind == "drop" and not rest):
        return (*steps[:at], data.draw(leaves), *steps[at:])
    if kind == "drop":
        return rest
    if kind == "retype":
        return (*steps[:at], data.draw(leaves), *steps[at + 1 :])
    to = data.draw(st.integers(0, len(rest)), label="to")
    return (*rest[:to], step, *rest[to:])
