"""The block tree: what is read is what was written, and what it compiles to."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from potok.engine import graph
from potok.engine.notation import tree
from potok.engine.notation.tree import Tree
from potok.engine.problems import Problems
from tests.engine.notation.trees import trees
from tests.engine.notation.world import CATALOGUE, SURROUNDINGS

HERE = Path(__file__).parent
STORY = (HERE / "service_control.yaml").read_text()


def read(text: str) -> Tree:
    found = tree.read(text)
    assert isinstance(found, Tree), str(found)
    return found


def test_the_service_control_definition_is_written_as_it_was_read() -> None:
    assert tree.write(read(STORY)) == STORY


def test_the_service_control_definition_compiles_to_this_graph() -> None:
    made = tree.compile(read(STORY), CATALOGUE, SURROUNDINGS)
    assert isinstance(made, graph.Graph), str(made)
    assert graph.dump(made) == (HERE / "service_control.dump").read_text()
    assert tree.check(read(STORY), CATALOGUE, SURROUNDINGS) == []
    assert graph.check(made) == []


def test_a_graph_is_what_its_bytes_say() -> None:
    made = tree.compile(read(STORY), CATALOGUE, SURROUNDINGS)
    assert isinstance(made, graph.Graph)
    again = graph.decode(graph.encode(made))
    assert again == made
    assert (again.header, again.payloads) == (made.header, made.payloads)
    assert hash(again) == hash(made)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(trees)
def test_reading_what_was_written_gives_the_same_tree(sample: Tree) -> None:
    assert read(tree.write(sample)) == sample


HEAD = "definition: sample\nrecord: crm.deal\nvariables: {n: {type: number}}\n"
# What is wrong, the line it is told at, and the code it is told by.
WRONG = {
    "a block that does not exist": ("do: [{block: aprove}]", 4, "tree.unknown_block"),
    "a parameter that does not exist": (
        "do:\n- block: status_text\n  with: {text: x, size: 3}", 6, "tree.unknown_key"),
    "a parameter that is missing": ("do:\n- block: status_text", 5, "tree.absent"),
    "a block without people": ("do:\n- block: approve\n  with: {title: x}", 6, "tree.no_people"),
    "an empty list of people": ("do:\n- block: approve\n  with: {to: [], title: x}", 6, "tree.no_people"),
    "a person who does not exist": ("do:\n- block: approve\n  with: {to: user_9, title: x}", 6, "tree.unknown_person"),
    "a name where a code belongs": ("do:\n- block: approve\n  with: {to: Ann, title: x}", 6, "tree.not_a_person"),
    "a choice that is not offered": (
        "do:\n- block: approve\n  with: {to: user_7, title: x, mode: some}", 6, "tree.not_offered"),
    "a field that does not exist": ("do:\n- block: record_change\n  with: {fields: {stag: WON}}", 6, "tree.unknown_field"),  # noqa: E501
    "a stage that does not exist": (
        "do:\n- block: record_change\n  with: {fields: {stage: GONE}}", 6, "tree.unknown_choice"),
    "a field in a formula that does not exist": ("do:\n- set: {n: '{=Document:amont}'}", 5, "expr.misspelt_name"),
    "a formula of the wrong type": ("do:\n- set: {n: '{=Document:title}'}", 5, "tree.wrong_type"),
    "a value of the wrong type": ("do:\n- set: {n: many}", 5, "tree.wrong_value"),
    "a formula that cannot be read": ("do:\n- set: {n: '=1 +'}", 5, "expr.unfinished"),
    "a variable that does not exist": ("do:\n- set: {m: 1}", 5, "tree.unknown_key"),
    "a branch that does nothing": ("do:\n- if:\n  - when: 'true'\n    do: []", 7, "tree.empty_branch"),
    "a step that is never come to": ("do:\n- terminate: x\n- set: {n: 1}", 6, "tree.unreachable"),
    "a result of a later step": (
        "do:\n- set: {n: '{=a:task}'}\n- {id: a, block: task_add, with: {title: x, responsible: user_7}}",
        5, "tree.later_result"),
    "an id used twice": ("do:\n- {id: a, set: {n: 1}}\n- {id: a, set: {n: 2}}", 6, "tree.doubled_id"),
    "an id with a meaning of its own": ("do: [{id: Variable, set: {n: 1}}]", 4, "tree.reserved_id"),
    "an id that is no name": ("do: [{id: 1a, set: {n: 1}}]", 4, "tree.wrong_name"),
    "a race that begins with no event": ("do:\n- race:\n  - set: {n: 1}", 6, "tree.no_event"),
    "a race that begins with a block that never waits": (
        "do:\n- race:\n  - {block: status_text, with: {text: x}}", 6, "tree.no_event"),
    "a pause without a moment": ("do: [{pause: {before: 1 day}}]", 4, "tree.no_moment"),
    "a wait for nothing": ("do: [{wait: {}}]", 4, "tree.nothing_awaited"),
    "a wait that no change ends": ("do: [{wait: {when: '{=Variable:n} = 1'}}]", 4, "tree.no_field"),
    "a process that does not exist": ("do: [{run: sing}]", 4, "tree.unknown_definition"),
    "a step that says nothing": ("do: [{title: x}]", 4, "tree.no_step"),
    "two steps in one": ("do: [{set: {n: 1}, terminate: x}]", 4, "tree.two_steps"),
    "a key nobody knows": ("do: [{set: {n: 1}, titel: x}]", 4, "tree.unknown_key"),
    "an else that is not last": (
        "do:\n- if:\n  - else: [{set: {n: 1}}]\n  - {when: 'true', do: [{set: {n: 1}}]}", 6, "tree.else_is_last"),
    "a condition that is none": ("do: [{while: 7, do: [{set: {n: 1}}]}]", 4, "tree.condition"),
    "an operator that compares nothing": (
        "do: [{while: {variable: n, operator: like, value: 1}, do: [{set: {n: 1}}]}]", 4, "tree.operator"),
    "a trigger that does not exist": ("start: [sometimes]\ndo: [{set: {n: 1}}]", 4, "tree.not_offered"),
    "a trigger on a stage that does not exist": (
        "start: [{became: {field: stage, value: GONE}}]\ndo: [{set: {n: 1}}]", 4, "tree.unknown_choice"),
    "a zone that does not exist": ("zone: Mars/Base\ndo: [{set: {n: 1}}]", 4, "tree.unknown_zone"),
    "a result that is no variable": ("results: [m]\ndo: [{set: {n: 1}}]", 4, "tree.no_such_result"),
    "an answer kept in a variable of another type": (
        "do:\n- block: request_information\n  with: {to: user_7, title: x, fields: {n: {type: date}}}",
        6, "tree.other_type"),
    "a doubled key": ("do: [{set: {n: 1, n: 2}}]", 4, "tree.doubled_key"),
    "an anchor": ("do: [{set: &a {n: 1}}]", 4, "tree.no_tags"),
    "a tag": ("do: [{set: !!python/name:os.system {n: 1}}]", 4, "tree.no_tags"),
    "nesting without end": (f"do: {'[' * 90}{']' * 90}", 4, "tree.too_deep"),
    "what is not YAML": ("do: [7]\n - set", 5, "tree.not_yaml"),
    "a bracket that is not closed": ("do: [", 4, "tree.unclosed"),
    "a bracket that is not closed before the next name": ("do: [{set: {n: 1}\nstart: [manual]", 5, "tree.unclosed"),
    "a quotation mark that is not closed": ("do: 'x\nstart: [manual]", 5, "tree.unclosed"),
    "a tab": ("do:\n\t- set: {n: 1}", 5, "tree.tab"),
    "a sign of which YAML thinks something else": ("do: @7", 4, "tree.odd_sign"),
    "a colon in a text": ("do: Sale: 7", 4, "tree.odd_colon"),
    "a character that nobody sees": ("do: [\n  \x07", 5, "tree.odd_character"),
    "what is no mapping": ("do: [7]", 4, "tree.not_mapping"),
}  # fmt: skip


def problems_of(text: str) -> list[tuple[int, str]]:
    found = tree.read(text)
    made = found if isinstance(found, Problems) else tree.compile(found, CATALOGUE, SURROUNDINGS)
    assert isinstance(made, Problems), "nothing was found wrong"
    for each in made:
        assert str(each)  # The sentence can be made of its fields.
    return [(each.place.line, each.code) for each in made]


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_its_line(case: str) -> None:
    text, line, code = WRONG[case]
    assert (line, code) in problems_of(HEAD + text)


def test_all_problems_are_told_at_once() -> None:
    text = "do:\n- block: aprove\n- set: {m: 1}\n- block: approve\n  with: {title: x}\n"
    assert [line for line, _code in problems_of(HEAD + text)] == [5, 6, 8]


def test_a_mistake_of_structure_hides_no_other_problem() -> None:
    text = """titel: x
do:
- if:
  - when: '{=Document:paid}'
  - {when: '{=Variable:m} = 1', do: [{set: {n: x}}]}
- {id: lost, blok: approve}
- block: status_text
  with: {text: '{=lost:comment}'}
- parallel: [7]
- {set: {n: 1, n: 2}}
- block: aprove
- {while: '1 <', do: []}
"""
    assert problems_of(HEAD + text) == [
        (4, "tree.unknown_key"), (7, "tree.absent"), (8, "expr.misspelt_name"), (8, "tree.wrong_value"),
        (9, "tree.no_step"), (12, "tree.not_mapping"), (13, "tree.doubled_key"), (14, "tree.unknown_block"),
        (15, "expr.unfinished"), (15, "tree.empty_branch"),
    ]  # fmt: skip


OFF = """
do:
- {id: a, set: {n: 1}, off: true}
- if:
  - {when: 'true', do: [{set: {n: 2}, off: true}]}
  - else: [{set: {n: 3}}]
- {while: 'true', do: [{set: {n: 4}, off: true}]}
- race: [{pause: {for: 1 day}, off: true}]
- {id: b, block: status_text, with: {text: '{=c:comment}'}, save_point: true}
- {id: c, block: aprove, off: true}
"""


def test_a_step_that_is_off_is_passed_over_with_all_that_it_holds() -> None:
    drawn = read(HEAD + OFF.replace("{=c:comment}", "x"))
    assert tree.read(tree.write(drawn)) == drawn
    made = tree.compile(drawn, CATALOGUE, SURROUNDINGS)
    assert isinstance(made, graph.Graph), str(made)
    assert [str(kind) for kind in made.kinds] == ["start", "choice", "merge", "assign", "block", "save", "end"]
    assert [made.flows[way][1] for way in made.outs[1]] == [2, 3]


def test_a_loop_that_never_waits_is_advised_against_and_may_be_published() -> None:
    found = read(HEAD + "do: [{while: '{=Variable:n} < 3', do: [{set: {n: 1}}]}]")
    assert [each.code for each in tree.check(found, CATALOGUE, SURROUNDINGS)] == ["tree.restless_loop"]
    assert isinstance(tree.compile(found, CATALOGUE, SURROUNDINGS), graph.Graph)


def test_a_text_too_long_is_not_read() -> None:
    found = tree.read("x" * 300_000)
    assert isinstance(found, Problems)
    assert found[0].code == "tree.too_long"


@pytest.mark.parametrize("plain", ["yes", "on", "2026-11-22", "0o7", "1e3", "0123", "12:30"])
def test_yaml_guesses_nothing(plain: str) -> None:
    found = read(
        f"definition: sample\ntitle: {plain}\nparameters: {{n: {{title: {plain}}}}}\ndo: [{{set: {{n: {plain}}}}}]"
    )
    assert found.header.title == plain
    assert found.header.parameters[0].title == plain


def test_the_example_of_the_reference_page_compiles() -> None:
    page = (HERE.parents[2] / "docs" / "reference" / "tree.md").read_text()
    example = page.split("```yaml\n")[1].split("```")[0]
    assert isinstance(tree.compile(read(example), CATALOGUE, SURROUNDINGS), graph.Graph)
