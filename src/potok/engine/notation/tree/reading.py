"""From text to tree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from potok.engine.notation.tree import heading
from potok.engine.notation.tree.constructs import CONSTRUCTS
from potok.engine.notation.tree.declarations import NAME, WRONG_NAME
from potok.engine.notation.tree.given import Given, Page
from potok.engine.notation.tree.source import Source, parse
from potok.engine.notation.tree.steps import Step, Tree, walk
from potok.engine.problems import Problems, _, problem

NO_STEP = problem("tree.no_step", _("This says nothing to do."), hint=_("A step has one of: {known}."))
TWO_STEPS = problem(
    "tree.two_steps", _("“{first}” and “{second}” are two steps."), hint=_("Begin each with a dash of its own.")
)
DOUBLED_ID = problem("tree.doubled_id", _("The id “{id}” is used twice."), hint=_("Give this step another."))
RESERVED_ID = problem("tree.reserved_id", _("“{id}” has a meaning of its own."), hint=_("Give this step another id."))

SOURCES = ("Document", "Variable", "Template", "Constant", "GlobalVar", "GlobalConst", "System", "Workflow", "User")
RESERVED = frozenset({*SOURCES, "start", "end"})


def read(text: str) -> Tree | Problems:
    """Read a definition written as a block tree.

    What is wrong with its form is in the tree's `problems`: `check` and `compile` tell them with all the others.
    Only a text that is no tree at all gives `Problems`.
    """
    source = parse(text)
    return source if isinstance(source, Problems) else _tree(source)


def _tree(source: Source) -> Tree | Problems:
    page = Page(source.marks, read_step=read_step)
    page.problems += source.problems
    given = Given(source.plain, path=(), page=page)
    if not given.is_mapping:
        return Problems(page.problems)
    tree = Tree(heading.read(given), given.steps("do"), source.marks)
    given.nothing_else()
    check_ids(tree, page)
    return replace(tree, problems=tuple(page.problems), unread=frozenset(page.unread))


def read_step(given: Given) -> Step | None:
    """Read one step, whichever construct it is; None if it is none, which was complained of."""
    words = [word for word in CONSTRUCTS if given.has(word)]
    if given.has("run"):  # Beside `run` these say whether to wait for its end, and for what items it is run.
        words = [word for word in words if word not in ("wait", "each")]
    if len(words) != 1:
        _complain(given, words)
        given.page.unread.add(given.text("id"))
        return None
    every: dict[str, Any] = {key: given.text(key) for key in ("id", "title", "note")}
    every |= {key: given.yes(key) for key in ("off", "save_point")}
    step = CONSTRUCTS[words[0]].read(given)
    given.nothing_else()
    return replace(step, place=given.path, **every)


def _complain(given: Given, words: list[str]) -> None:
    if words:
        given.complain(TWO_STEPS, words[1], first=words[0], second=words[1])
    elif given.is_mapping:
        given.complain(NO_STEP, known=", ".join(CONSTRUCTS))


def check_ids(tree: Tree, page: Page) -> None:
    """Complain of ids of steps that are no names, are reserved or stand twice."""
    seen: set[str] = set()
    for step in walk(tree.steps):
        if not step.id:
            continue
        place = page.place((*step.place, "id"))
        if not NAME.fullmatch(step.id):
            page.problems.append(WRONG_NAME.at(place, name=step.id))
        elif step.id in RESERVED:
            page.problems.append(RESERVED_ID.at(place, id=step.id))
        elif step.id in seen:
            page.problems.append(DOUBLED_ID.at(place, id=step.id))
        seen.add(step.id)
