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
    inside = _inner(step)

    def walk(thing: Any) -> Any:
        nonlocal place
        if place < 0:
            return thing
        if isinstance(thing, tuple) and thing in inside:
            changed, place = _change(thing, place, data)
            return changed
        if isinstance(thing, tuple):
            return tuple(walk(each) for each in thing)
        return parted(thing) if is_dataclass(thing) and not isinstance(thing, type) else thing

    def parted(thing: Any) -> Any:
        held = {each.name: getattr(thing, each.name) for each in fields(thing) if each.init and each.name != "place"}
        return replace(thing, **{name: walk(each) for name, each in held.items() if isinstance(each, tuple)})

    changed: Step = parted(step)
    return changed, place


def _inner(step: Step) -> list[Steps]:
    return [tuple(each) for each in step.inside() if each]


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
