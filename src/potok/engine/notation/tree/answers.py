"""Further answers that people may give, by name: the words on the button, or these with what the answer asks for.

answers:
  rework: Return for rework
  later: {title: Call again, comment: required, needs: [next_call], tone: quiet}
"""

from __future__ import annotations

from collections.abc import Collection

from potok.engine.graph import Fields, Fixed, Recipe
from potok.engine.notation.tree import declarations
from potok.engine.notation.tree.draft import Draft
from potok.engine.notation.tree.given import ABSENT, NOT_TEXT, Given, Page
from potok.engine.notation.tree.source import Path, Plain
from potok.engine.problems import _, problem
from potok.engine.values import Value

NO_SUCH_FIELD = problem(
    "tree.no_such_field",
    _("The answer “{answer}” needs the field “{name}”, which is not asked for."),
    hint=_("Asked for are: {known}."),
)
COMMENTS = ("none", "optional", "required")
TONES = ("plain", "quiet", "danger")


def answers(draft: Draft, plain: Plain, *, path: Path) -> Recipe | None:
    """Compile answers; a mapping by name of mappings."""
    page = Page(draft.tree.marks, read_step=lambda given: None)
    given = Given(plain, path=path, page=page)
    found = tuple((name, _answer(given, name)) for name in given.plain)
    draft.problems += page.problems
    return Fields(found)


def check_needs(draft: Draft, plain: Plain, *, asked: Collection[str], path: Path) -> None:
    """Complain of fields that an answer needs and nobody is asked for."""
    for name, one in plain.items() if isinstance(plain, dict) else ():
        needs = one.get("needs") if isinstance(one, dict) else None
        for place, each in enumerate(needs if isinstance(needs, list) else ()):
            if isinstance(each, str) and each not in asked:
                known = ", ".join(sorted(asked))
                draft.complain(NO_SUCH_FIELD, (*path, name, "needs", place), answer=name, name=each, known=known)


def _answer(given: Given, name: str) -> Recipe:
    plain = given.plain[name]
    at = (*given.path, name)
    written: Plain = {"title": plain} if isinstance(plain, str) else plain
    one = Given({} if written is None else written, path=at, page=given.page)
    if not declarations.NAME.fullmatch(name):
        one.complain(declarations.WRONG_NAME, name=name)
    title = one.text("title")
    if not title and isinstance(written, dict | None):
        one.complain(ABSENT, key="title")
    comment = one.one_of("comment", str, default="", offered=COMMENTS)
    tone = one.one_of("tone", str, default="plain", offered=TONES)
    needs = _names(one) if one.has("needs") else None
    one.nothing_else()
    parts: tuple[tuple[str, Value], ...] = (("title", title), ("comment", comment), ("tone", tone), ("needs", needs))
    return Fields(tuple((key, Fixed(value)) for key, value in parts))


def _names(one: Given) -> tuple[str, ...]:
    """Which fields have to be filled in for this answer, and no others."""
    found = one.list("needs")
    for place, each in enumerate(found):
        if not isinstance(each, str):
            one.complain(NOT_TEXT, "needs", place, key="needs")
    return tuple(each for each in found if isinstance(each, str))
