"""Definitions in stages: what is read is what was written, what it compiles to, and everything wrong at once."""

from pathlib import Path

import pytest

from potok.engine import graph, notation
from potok.engine.graph import Graph
from potok.engine.notation import stages
from potok.engine.notation.stages import Stages
from potok.engine.problems import Problems, Severity
from tests.engine.notation.stage_world import CATALOGUE, LOST_CLIENTS
from tests.engine.notation.world import SURROUNDINGS

HERE = Path(__file__).parent


def read(text: str) -> Stages:
    found = notation.read(text)
    assert isinstance(found, Stages), str(found)
    return found


def test_stages_are_written_as_they_were_read() -> None:
    assert notation.write(read(LOST_CLIENTS)) == LOST_CLIENTS


def test_stages_compile_to_this_graph() -> None:
    made = notation.compile(read(LOST_CLIENTS), CATALOGUE, SURROUNDINGS)
    assert isinstance(made, Graph), str(made)
    assert graph.dump(made) == (HERE / "lost_clients.dump").read_text()
    assert graph.check(made) == []
    assert notation.check(read(LOST_CLIENTS), CATALOGUE, SURROUNDINGS) == []


def test_a_definition_with_steps_is_read_as_a_tree() -> None:
    found = notation.read("definition: sample\ndo: [{terminate: 'stages:'}]")
    assert not isinstance(found, Stages | Problems)
    assert notation.read(notation.write(found)) == found


def test_a_stage_may_be_left_from_the_depth_of_its_steps() -> None:
    text = HEAD + (
        "  a:\n    begin: true\n    enter:\n    - parallel:\n"
        "      - do: [{if: [{when: 'true', do: [{go: b}]}, {else: [{set: {n: 1}}]}]}]\n"
        "      - do: [{pause: {for: 1 day}}]\n    then: a\n  b: {end: true}"
    )
    made = notation.compile(read(text), CATALOGUE, SURROUNDINGS)
    assert isinstance(made, Graph), str(made)
    assert graph.check(made) == []
    assert [kind for kind in made.kinds if kind is graph.Kind.WIN] == [graph.Kind.WIN] * 3


HEAD = "definition: sample\nrecord: crm.deal\nvariables: {n: {type: number}}\nstages:\n"
END = "  z: {end: true}"
# What is wrong, the line it is told at, and the code it is told by.
WRONG = {
    "no stages": ("", 4, "stages.none"),
    "no beginning": ("  a: {then: z}\n" + END, 5, "stages.no_begin"),
    "two beginnings": ("  a: {begin: true, then: z}\n  b: {begin: true, then: z}\n" + END, 6, "stages.two_begins"),
    "a beginning that is an end": ("  a: {begin: true, end: true}", 5, "stages.begin_and_end"),
    "a stage that leads nowhere": ("  a: {begin: true}\n" + END, 5, "stages.no_way_on"),
    "a stage that only listens": (
        "  a: {begin: true, on: [{pause: {for: 1 day}, do: [{set: {n: 1}}]}]}\n" + END, 5, "stages.no_way_on"),
    "an end with results": ("  a: {begin: true, then: z}\n  z: {end: true, results: {y: {to: a}}}", 6, "stages.after_end"),  # noqa: E501
    "a stage nobody comes to": ("  a: {begin: true, then: z}\n  b: {then: z}\n" + END, 6, "stages.never_entered"),
    "two stages that only lead to each other": (
        "  a: {begin: true, then: z}\n  b: {then: c, pause: {for: 1 day}}\n  c: {then: b}\n" + END,
        7, "stages.never_entered"),
    "a result that leads nowhere": (
        "  a:\n    begin: true\n    results:\n      y: {title: Yes}\n      n: {to: z}\n" + END,
        8, "stages.result_leads_nowhere"),
    "a result that leads to no stage": (
        "  a:\n    begin: true\n    results:\n      y: {to: x}\n" + END, 8, "stages.no_such_stage"),
    "a way on to no stage": ("  a:\n    begin: true\n    then: x\n" + END, 7, "stages.no_such_stage"),
    "a step that goes to no stage": (
        "  a:\n    begin: true\n    enter:\n    - go: x\n    then: z\n" + END, 8, "stages.no_such_stage"),
    "results beside a way on": ("  a: {begin: true, then: z, results: {y: {to: z}}}\n" + END, 5, "stages.two_ways_on"),
    "two stages with one title": (
        "  a: {begin: true, title: One, then: b}\n  b:\n    title: one\n    then: z\n" + END,
        7, "stages.doubled_title"),
    "two stages with one id": ("  a: {begin: true, then: z}\n  a: {then: z}\n" + END, 6, "tree.doubled_key"),
    "two results with one title": (
        "  a:\n    begin: true\n    results:\n      x: {title: Yes, to: z}\n      y: {title: yes, to: z}\n" + END,
        9, "stages.doubled_result"),
    "an id that a step has too": (
        "  a: {begin: true, then: z, enter: [{id: z, set: {n: 1}}]}\n" + END, 6, "tree.doubled_id"),
    "an id with a meaning of its own": ("  start: {begin: true, then: z}\n" + END, 5, "tree.reserved_id"),
    "an id that is no name": ("  1a: {begin: true, then: z}\n" + END, 5, "tree.wrong_name"),
    "a responsible person who does not exist": (
        "  a:\n    begin: true\n    responsible: [user_7, user_9]\n    then: z\n" + END, 7, "tree.unknown_person"),
    "a responsible person who is none": (
        "  a:\n    begin: true\n    responsible: Ann\n    then: z\n" + END, 7, "tree.not_a_person"),
    "nobody responsible where somebody is named": (
        "  a:\n    begin: true\n    responsible: []\n    then: z\n" + END, 7, "tree.no_people"),
    "one person responsible twice": (
        "  a:\n    begin: true\n    responsible: [user_7, user_7]\n    then: z\n" + END, 7, "stages.doubled_person"),
    "a responsible that is a number": (
        "  a:\n    begin: true\n    responsible: '{=Document:amount}'\n    then: z\n" + END, 7, "tree.wrong_type"),
    "a right that is none": (
        "  a:\n    begin: true\n    permissions:\n      fly: [user_7]\n    then: z\n" + END, 8, "stages.unknown_right"),
    "a way on while leaving": (
        "  a:\n    begin: true\n    then: z\n    leave:\n    - go: z\n" + END, 9, "stages.no_go_here"),
    "an event that waits for nothing": (
        "  a:\n    begin: true\n    on:\n    - {set: {n: 1}, go: z}\n" + END, 8, "tree.no_event"),
    "an event with nothing to do": (
        "  a:\n    begin: true\n    then: z\n    on:\n    - {pause: {for: 1 day}}\n" + END, 9, "tree.absent"),
    "an event with two things to do": (
        "  a:\n    begin: true\n    on:\n    - {pause: {for: 1 day}, go: z, do: [{set: {n: 1}}]}\n" + END,
        8, "stages.two_ways"),
    "a moment that is to come again": (
        "  a:\n    begin: true\n"
        "    on:\n    - {pause: {until: '{=Document:closes_on}'}, repeat: true, do: [{go: z}]}\n" + END,
        8, "stages.once_only"),
    "a step among other processes": (
        "  a:\n    begin: true\n    run:\n    - set: {n: 1}\n    then: z\n" + END, 8, "stages.not_a_process"),
    "a variable that stages keep": (
        "  a: {begin: true, then: z}\n" + END + "\nvariables: {next_stage: {type: text}}", 7, "stages.taken_name"),
    "a key nobody knows": ("  a: {begin: true, then: z, colour: red}\n" + END, 5, "tree.unknown_key"),
    "a term nobody knows": (
        "  a:\n    begin: true\n    results: {x: {to: z}}\n    with: {dew: 1}\n" + END, 8, "tree.unknown_key"),
    "a task without a title": ("  a: {begin: true, then: z, task: {blocks: true}}\n" + END, 5, "tree.absent"),
}  # fmt: skip


def problems_of(text: str) -> list[tuple[int, str]]:
    found = notation.read(text)
    made = found if isinstance(found, Problems) else notation.compile(found, CATALOGUE, SURROUNDINGS)
    assert isinstance(made, Problems), "nothing was found wrong"
    assert all(str(each) for each in made)  # The sentences can be made of their fields.
    return [(each.place.line, each.code) for each in made]


# RC-4, RC-5, RC-7, RC-8
@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_its_line(case: str) -> None:
    text, line, code = WRONG[case]
    head = HEAD.replace("variables: {n: {type: number}}", "help: x") if "next_stage" in text else HEAD
    assert (line, code) in problems_of(head + text)


# RC-6
def test_all_that_is_wrong_is_told_at_once() -> None:
    text = HEAD + (
        "  a:\n    begin: true\n    responsible: [user_9]\n"
        "    results:\n      y: {title: Yes}\n      x: {to: nowhere}\n"
        "  a: {}\n"
        "  b: {colour: red, then: z}\n"
        "  c: {begin: true}\n"
        "  z: {end: true, then: a}\n"
    )
    assert [code for _line, code in problems_of(text)] == [
        "tree.unknown_person", "stages.result_leads_nowhere", "stages.no_such_stage", "tree.doubled_key",
        "stages.never_entered", "tree.unknown_key", "stages.no_way_on", "stages.two_begins", "stages.never_entered",
        "stages.after_end",
    ]  # fmt: skip


ADVICE = {
    "a process without an end": ("  a: {begin: true, then: b, pause: {for: 1 day}}\n  b: {then: a}", "stages.no_end"),
    "a circle in which nothing waits": (
        "  a: {begin: true, results: {x: {to: z}, y: {to: b}}}\n  b: {then: c}\n"
        "  c: {enter: [{if: [{when: 'true', do: [{go: b}]}]}], then: z}\n" + END, "stages.restless"),
}  # fmt: skip


@pytest.mark.parametrize("case", ADVICE)
def test_what_is_advised_against_may_be_published(case: str) -> None:
    text, code = ADVICE[case]
    found = read(HEAD + text)
    assert [(each.code, each.severity) for each in stages.check(found, CATALOGUE, SURROUNDINGS)] == [
        (code, Severity.ADVICE)
    ]
    assert isinstance(stages.compile(found, CATALOGUE, SURROUNDINGS), Graph)


def test_the_example_of_the_reference_page_compiles() -> None:
    page = (HERE.parents[2] / "docs" / "reference" / "stages.md").read_text()
    example = page.split("```yaml\n")[1].split("```")[0]
    assert isinstance(notation.compile(read(example), CATALOGUE, SURROUNDINGS), Graph)
    assert read(notation.write(read(example))) == read(example)


def test_fields_of_the_items_of_a_list_are_known_in_stages_too() -> None:
    text = (
        "definition: d\ntitle: D\nrecord: crm.deal\nvariables: {whom: {type: person, multiple: true}}\nstages:\n"
        "  a: {begin: true, title: A, enter: [{set: {whom: '=filter({=Variable:whom}, it, it.shoe = 5)'}}], then: b}\n"
        "  b: {end: true, title: B}\n"
    )
    assert "expr.unknown_name" in [code for _line, code in problems_of(text)]
