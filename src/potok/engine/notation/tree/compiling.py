"""From tree to graph."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from potok.engine import graph
from potok.engine.graph import Catalogue, Declaration, Graph, Header, Kind, Surroundings
from potok.engine.notation.tree import advice, recipes, triggers
from potok.engine.notation.tree.constructs import Block
from potok.engine.notation.tree.draft import Draft
from potok.engine.notation.tree.heading import NO_SUCH_RESULT
from potok.engine.notation.tree.steps import Tree, walk
from potok.engine.problems import Problem, Problems, Severity, _, problem

UNKNOWN_RECORD = problem("tree.unknown_record", _("There is no record type “{name}”."), hint=_("Known are: {known}."))
UNKNOWN_ZONE = problem(
    "tree.unknown_zone", _("There is no time zone “{name}”."), hint=_("Write one such as Europe/Moscow.")
)


def compile(tree: Tree, catalogue: Catalogue, surroundings: Surroundings) -> Graph | Problems:
    """Compile a tree, or tell everything that keeps it from being published. Advice keeps nothing: see `check`."""
    return finished(_drawn(tree, catalogue, surroundings))


def check(tree: Tree, catalogue: Catalogue, surroundings: Surroundings) -> list[Problem]:
    """List everything wrong with a tree, and the advice about it, in the order of its lines."""
    return found_wrong(_drawn(tree, catalogue, surroundings))


def finished(draft: Draft) -> Graph | Problems:
    """Give the graph of a draft, or everything that keeps it from being one."""
    problems = found_wrong(draft)
    if any(each.severity is Severity.ERROR for each in problems):
        return Problems(problems)
    made = draft.sketch.graph()
    broken = graph.check(made)
    return Problems(broken) if broken else made


def found_wrong(draft: Draft) -> list[Problem]:
    """List what reading and drawing complained of, in the order of the lines."""
    problems = [*draft.tree.problems, *draft.problems]
    return sorted(problems, key=lambda each: (each.place.line, each.place.column))


def _drawn(tree: Tree, catalogue: Catalogue, surroundings: Surroundings) -> Draft:
    draft = Draft(tree, catalogue=catalogue, surroundings=surroundings)
    learn_results(draft)
    draft.sketch.header = checked_header(draft)
    begin = draft.sketch.add(Kind.START, name="start")
    with draft.leaving("branch") as exits:
        ends = draft.sequence(tree.steps, after=[begin], path=("do",))
    if ends := [*ends, *exits["branch"]]:
        draft.link(ends, to=draft.sketch.add(Kind.END, name="end"))
    draft.sketch.header = replace(draft.sketch.header, variables=all_variables(draft))
    advice.variables(draft)
    return draft


def learn_results(draft: Draft) -> None:
    """Know every step's results and every form's variables before the first formula is checked."""
    for step in walk(draft.tree.steps):
        if isinstance(step, Block) and (face := draft.face(step.block)):
            for fields in step.forms(face).values():
                for field in fields:
                    draft.declare(field)
    # What a list keeps of its items comes from the steps within, so these are asked first.
    for step in reversed(list(walk(draft.tree.steps))):
        given = step.gives(draft)
        if given is None:
            draft.blurred.add(step.id)
        elif step.id and given:
            draft.results[step.id] = given


def all_variables(draft: Draft) -> tuple[Declaration, ...]:
    """Give the declared variables and those that forms made."""
    declared = {each.name: each for each in draft.header.variables}
    return tuple(declared.get(name) or Declaration(name, type_) for name, type_ in draft.variables.items())


def checked_header(draft: Draft) -> Header:
    """Give the header with its triggers compiled; complain of what is wrong in it."""
    header, records = draft.header, draft.surroundings.records
    if header.record and header.record not in records:
        known = ", ".join(name for name in records if name != graph.PERSON_FIELDS)
        draft.complain(UNKNOWN_RECORD, ("record",), name=header.record, known=known)
        return header
    _check_zone(draft)
    for index, name in enumerate(header.results):
        if name not in draft.variables:
            draft.complain(NO_SUCH_RESULT, ("results", index), name=name)
    for role in header.roles:
        recipes.cast(draft, role)
    return replace(header, triggers=tuple(triggers.compile(draft, at, each) for at, each in enumerate(header.triggers)))


def _check_zone(draft: Draft) -> None:
    try:
        ZoneInfo(draft.header.zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        draft.complain(UNKNOWN_ZONE, ("zone",), name=draft.header.zone)
