"""A definition names its roles; who that is stands in one place, whoever is asked by role."""

import pytest

from potok.engine import graph
from potok.engine.graph import People, Work
from potok.engine.notation import stages, tree
from potok.engine.problems import Problems
from tests.engine.notation import world

STEPS = """
do:
  - {{block: approve, with: {{to: {to}, title: Look at it}}}}
"""
HEAD = """
definition: by-duty
record: crm.deal
"""
ROLES = """
roles:
  operator: {title: Operator, people: '{=Document:responsible}'}
  lawyers: {title: Lawyers, people: [user_7, role_4]}
"""


def compiled(to: str, *, roles: str = ROLES) -> graph.Graph | Problems:
    drawn = tree.read(HEAD + roles + STEPS.format(to=to))
    assert not isinstance(drawn, Problems)
    return tree.compile(drawn, world.CATALOGUE, world.SURROUNDINGS)


def asked(made: graph.Graph | Problems) -> People:
    assert not isinstance(made, Problems), str(made)
    work = next(each for each in made.payloads if isinstance(each, Work))
    found = dict(work.params)["to"]
    assert isinstance(found, People)
    return found


@pytest.mark.parametrize(
    ("by_role", "plain"),
    [
        ("'{=Role:operator}'", "'{=Document:responsible}'"),
        ("'{=Role:lawyers}'", "[user_7, role_4]"),
        ("['{=Role:lawyers}', '{=Role:operator}', group_d5]", "[user_7, role_4, '{=Document:responsible}', group_d5]"),
    ],
)
def test_whoever_is_asked_by_role_is_whoever_has_it(by_role: str, plain: str) -> None:
    assert asked(compiled(by_role)) == asked(compiled(plain))


@pytest.mark.parametrize(
    ("to", "roles", "code"),
    [
        ("'{=Role:nobody}'", ROLES, "tree.unknown_role"),
        ("user_7", "\nroles:\n  empty: {title: Empty}\n", "tree.no_people"),
        ("user_7", "\nroles:\n  odd: {people: somebody}\n", "tree.not_a_person"),
        ("user_7", "\nroles:\n  1st: {people: user_7}\n", "tree.wrong_name"),
    ],
)
def test_what_is_wrong_with_a_role_is_told_once(to: str, roles: str, code: str) -> None:
    made = compiled(to, roles=roles)
    assert isinstance(made, Problems)
    assert [each.code for each in made] == [code]


def test_roles_are_written_as_they_were_read_and_kept_with_the_graph() -> None:
    drawn = tree.read(HEAD + ROLES + STEPS.format(to="'{=Role:operator}'"))
    assert not isinstance(drawn, Problems)
    assert tree.read(tree.write(drawn)) == drawn
    made = compiled("'{=Role:operator}'")
    assert isinstance(made, graph.Graph)
    assert [role.name for role in graph.decode(graph.encode(made)).header.roles] == ["operator", "lawyers"]


def test_a_definition_without_roles_is_stored_as_before_there_were_any() -> None:
    made = compiled("user_7", roles="")
    assert isinstance(made, graph.Graph)
    assert b"role" not in graph.encode(made)


STAGED = """
stages:
  one: {begin: true, responsible: '{=Role:operator}', results: {ok: {to: two}}}
  two: {end: true}
"""


def test_a_stage_is_given_to_a_role() -> None:
    drawn = stages.read(HEAD + ROLES + STAGED)
    assert not isinstance(drawn, Problems)
    assert "tree.unknown_role" not in [each.code for each in stages.check(drawn, world.CATALOGUE, world.SURROUNDINGS)]
