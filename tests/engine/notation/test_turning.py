"""A block tree becomes stages and a tree again, and nothing is lost on the way."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from potok.engine import graph, notation
from potok.engine.notation.stages import turning
from potok.engine.notation.tree import Tree, source
from potok.engine.problems import Problems
from tests.engine.notation import trees
from tests.engine.notation.stage_machine import compiled
from tests.engine.notation.stage_world import CATALOGUE
from tests.engine.notation.world import SURROUNDINGS

QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
TITLES = {"working": "In work", "finished": "Done"}


def plain_of(text: str) -> dict[str, Any]:
    read = source.parse(text)
    assert not isinstance(read, Problems)
    assert isinstance(read.plain, dict)
    return read.plain


def turned(plain: dict[str, Any]) -> dict[str, Any]:
    return turning.to_stages(plain, **TITLES)


@QUICK
@given(trees.wider)
def test_a_tree_comes_back_from_stages_as_it_was(sample: Tree) -> None:
    plain = plain_of(notation.write(sample))
    stages = turned(plain)
    assert turning.lost(stages, **TITLES) == []
    assert turning.to_tree(stages) == plain


@QUICK
@given(trees.wider)
def test_stages_made_of_a_tree_that_may_be_published_may_be(sample: Tree) -> None:
    text = notation.write(sample)
    drawn = notation.read(text)
    assert not isinstance(drawn, Problems)
    if isinstance(notation.compile(drawn, CATALOGUE, SURROUNDINGS), Problems):
        return
    made = compiled(source.text(turned(plain_of(text))))
    assert graph.check(made) == []


STOPS: dict[str, Any] = {
    "definition": "sample",
    "do": [
        {"if": [{"when": "true", "do": [{"stop": "branch"}]}, {"else": [{"pause": {"for": "1 day"}}]}]},
        {"parallel": [{"do": [{"stop": "branch"}]}]},
        {"id": "done", "each": "{=Template:items}", "do": [{"stop": "branch"}, {"stop": "loop"}]},
    ],
}


def test_only_what_ends_the_tree_leads_to_the_end() -> None:
    choice, fork, each = turned(STOPS)["stages"]["work"]["enter"]
    assert choice["if"][0]["do"] == [{"go": "done_2"}]  # a step is called “done” already
    assert fork["parallel"][0]["do"] == [{"stop": "branch"}]
    assert each["do"] == [{"stop": "branch"}, {"stop": "loop"}]
    assert turning.to_tree(turned(STOPS)) == STOPS


WORK: dict[str, Any] = {"title": "In work", "begin": True, "enter": [], "then": "done"}
DONE = {"title": "Done", "end": True}


@pytest.mark.parametrize(
    ("stages", "told"),
    [
        ({"work": WORK, "done": DONE}, []),
        ({"work": {**WORK, "title": "Calls"}, "done": DONE}, [("title", "Calls")]),
        ({"work": {**WORK, "on": [{"command": "Call"}]}, "done": DONE}, [("on", "In work")]),
        ({"work": WORK, "rest": {"then": "work"}, "done": DONE}, [("stage", "rest")]),
        ({"work": {**WORK, "enter": [{"go": "work"}]}, "done": DONE}, [("go", "In work")]),
        ({"work": {**WORK, "enter": [{"parallel": [{"do": [{"go": "done"}]}]}]}, "done": DONE}, [("go", "In work")]),
        ({"work": {**WORK, "then": "work"}, "done": DONE}, [("then", "In work")]),
        ({}, []),
    ],
)
def test_what_a_tree_has_no_place_for_is_named(stages: dict[str, Any], told: list[tuple[str, str]]) -> None:
    found = turning.lost({"definition": "sample", "stages": stages}, **TITLES)
    assert [(each.key, each.stage) for each in found] == told
