"""What people read of the difference between two versions."""

import pytest
from hypothesis import given

from potok.engine.graph.difference import Change, difference
from potok.engine.notation.tree import Tree
from tests.engine.notation.trees import trees
from tests.engine.run.machine import HEAD, VARIABLES, compiled
from tests.engine.run.test_laws import QUICK, machine_of

FIRST = "  - {id: first, title: First, block: approve, with: {to: user_7, title: Sign}}\n"
REST = "  - {title: Rest, pause: {for: 1 day}}\n"
LAST = "  - {id: last, block: status_text, with: {text: Over}}\n"

CASES = {
    "a step that came": (FIRST, REST + FIRST, [(Change.ADDED, "Rest", ["lasts"])]),
    "a step that went": (FIRST + REST, FIRST, [(Change.DROPPED, "Rest", [])]),
    "a step that moved": (FIRST + REST + LAST, LAST + FIRST + REST, [(Change.MOVED, "last", [])]),
    "a parameter": (FIRST, FIRST.replace("Sign", "Sign here"), [(Change.CHANGED, "First", ["title"])]),
    "a step without a name, changed": (
        FIRST + REST, LAST + FIRST + REST.replace("1 day", "2 days"),
        [(Change.ADDED, "last", ["text"]), (Change.CHANGED, "Rest", ["lasts"])],
    ),
    "a step that does something else": (
        LAST, LAST.replace("status_text", "notify_person").replace("{text", "{to: user_7, text"),
        [(Change.CHANGED, "last", ["block", "to"])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_change_is_told(name: str) -> None:
    before, after, wanted = CASES[name]
    found = difference(compiled(before), compiled(after))
    assert [(one.change, one.title or one.name, [turn.what for turn in one.turns]) for one in found] == wanted


def test_a_step_that_moved_and_changed_is_told_once() -> None:
    found = difference(compiled(FIRST + REST + LAST), compiled(LAST.replace("Over", "Done") + FIRST + REST))
    assert [(one.change, one.moved, one.turns[0].after) for one in found] == [(Change.CHANGED, True, "Done")]


def test_the_header_is_compared_too() -> None:
    changed = HEAD + "zone: Europe/Moscow\nstart: [created]\n" + VARIABLES.replace("default: 0", "default: 7")
    found = {one.name: one.turns for one in difference(compiled(LAST), compiled(LAST, head=changed))}
    assert found.keys() == {"zone", "triggers", "variables"}
    assert [(turn.what, turn.before, turn.after) for turn in found["variables"]] == [("n", "number = 0", "number = 7")]


@QUICK
@given(trees)
def test_a_version_does_not_differ_from_itself(sample: Tree) -> None:
    made = machine_of(sample).graph
    assert difference(made, machine_of(sample).graph) == []
