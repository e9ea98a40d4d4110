"""Why a text is no YAML, in sentences of ours: those of the library are English and speak of scalars and tokens."""

from __future__ import annotations

import re

import yaml
from yaml.reader import ReaderError

from potok.engine.problems import Place, Problem, _, problem

NOT_YAML = problem(
    "tree.not_yaml",
    _("This line does not fit what stands above it."),
    hint=_("Look at the line, at the one above it and at their indentation."),
)
UNCLOSED = problem(
    "tree.unclosed", _("A bracket or a quotation mark is not closed."), hint=_("Close it where its text ends.")
)
TAB = problem("tree.tab", _("A tab stands where a value or a name has to begin."), hint=_("Indent with spaces."))
ODD_SIGN = problem(
    "tree.odd_sign", _("A value cannot begin with “{sign}”."), hint=_("Put the value into quotation marks.")
)
ODD_COLON = problem(
    "tree.odd_colon",
    _("A colon stands where none can."),
    hint=_("Put a text with a colon into quotation marks; a name has its colon at its own end."),
)
ODD_CHARACTER = problem(
    "tree.odd_character",
    _("The text holds a character that nobody sees, {code}."),
    hint=_("Delete what stands there and write it anew."),
)

SAID = (
    (re.compile(r"character '\\t'"), TAB),
    (re.compile(r"character '(?P<sign>.)' that cannot start"), ODD_SIGN),
    (re.compile(r"mapping values are not allowed"), ODD_COLON),
    (re.compile(r"expected ',' or|end of stream|<stream end>"), UNCLOSED),
)


def why(error: yaml.YAMLError, *, text: str) -> Problem:
    """Say what the library found in the text, at its line and column."""
    if isinstance(error, ReaderError):
        before = text[: error.position]
        place = Place(line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
        return ODD_CHARACTER.at(place, code=f"U+{error.character:04X}")
    assert isinstance(error, yaml.MarkedYAMLError)
    mark = error.problem_mark
    place = Place(line=mark.line + 1, column=mark.column + 1) if mark else Place()
    for said, declared in SAID:
        if found := said.search(error.problem or ""):
            return declared.at(place, **found.groupdict())
    return NOT_YAML.at(place)
