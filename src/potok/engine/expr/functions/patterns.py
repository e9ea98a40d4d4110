"""Regular expressions, in time that grows with the text and not with the pattern (RE2).

What would need going back in the text, such as looking ahead or repeating what a group found, is no pattern here.
"""

import re
from functools import lru_cache
from typing import Any

import re2

from potok.engine.expr.expression import Failure, checked_length
from potok.engine.expr.limits import ITEMS_MAX
from potok.engine.problems import Problems, _, problem
from potok.engine.values import NUMBER, TEXT, YES_NO, many

from .declared import function, may, needs

WRONG_PATTERN = problem(
    "expr.wrong_pattern",
    _("“{pattern}” is no pattern: {reason}."),
    hint=_("Write it as a regular expression, without looking ahead and without references back."),
)
PATTERN_LENGTH_MAX = 1_000
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 1 << 23
# RE2 knows only Latin letters as \w; people mean theirs.
_PIECE = re.compile(r"\\[wW]|\\.|\[\^?\]?|\]", re.DOTALL)
_SIGN = re.compile(r"\$(\d|\$)")
_WORD = r"\p{L}\p{N}_"


@lru_cache(maxsize=500)
def _compiled(pattern: str) -> Any:
    if len(pattern) > PATTERN_LENGTH_MAX:
        return Problems([WRONG_PATTERN.at(pattern=f"{pattern[:40]}…", reason=f"> {PATTERN_LENGTH_MAX}")])
    try:
        return re2.compile(_with_own_letters(pattern), _OPTIONS)
    except re2.error as error:
        given = error.args[0] if error.args else b""
        reason = given.decode(errors="replace") if isinstance(given, bytes) else str(given)
        return Problems([WRONG_PATTERN.at(pattern=pattern, reason=reason)])


def _with_own_letters(pattern: str) -> str:
    inside = False

    def turned(piece: "re.Match[str]") -> str:
        nonlocal inside
        match piece[0]:
            case r"\w":
                return _WORD if inside else f"[{_WORD}]"
            case r"\W" if not inside:
                return f"[^{_WORD}]"
            case "]":
                inside = False
            case opened if opened[0] == "[":
                # Inside brackets another one is a character, except that it may begin a class such as [:alpha:].
                inside = True
        return piece[0]

    return _PIECE.sub(turned, pattern)


def _pattern(text: str) -> Any:
    found = _compiled(text)
    if isinstance(found, Problems):
        raise Failure(found[0])
    return found


@function("matches", _("Yes if a part of the text fits the regular expression."), needs("text", TEXT),
          needs("pattern", TEXT, reads=_compiled), gives=YES_NO)  # fmt: skip
def matches(text: str, pattern: str) -> bool:
    return _pattern(pattern).search(text) is not None


@function(
    "extract",
    _("The first part of the text that fits the regular expression, or a group of it; empty if none does."),
    needs("text", TEXT),
    needs("pattern", TEXT, reads=_compiled),
    may("group", NUMBER),
    gives=TEXT,
)
def extract(text: str, pattern: str, group: int = 0) -> str | None:
    found = _pattern(pattern).search(text)
    if found is None or not 0 <= group <= found.re.groups:
        return None
    part: str | None = found.group(int(group))
    return part


@function(
    "extractall",
    _("All parts of the text that fit the regular expression, as a list."),
    needs("text", TEXT),
    needs("pattern", TEXT, reads=_compiled),
    gives=many(TEXT),
)
def extract_all(text: str, pattern: str) -> tuple[str, ...]:
    found: list[str] = []
    for each in _pattern(pattern).finditer(text):
        found.append(each.group(0))
        if len(found) > ITEMS_MAX:
            break  # The evaluator says that the list is too long.
    return tuple(found)


@function(
    "replacepattern",
    _("The text with every part that fits the regular expression replaced; $1 stands for what its first group found."),
    needs("text", TEXT),
    needs("pattern", TEXT, reads=_compiled),
    needs("new", TEXT),
    gives=TEXT,
    takes_empty=True,
)
def replace_pattern(text: str | None, pattern: str | None, new: str | None) -> str | None:
    if not text or not pattern:
        return text
    compiled = _pattern(pattern)
    # Between the texts stand what the signs mean: a group, or the dollar itself.
    parts = _SIGN.split(new or "")
    pieces: list[str] = []
    done = length = 0
    for found in compiled.finditer(text):
        piece = text[done : found.start()] + _filled(parts, found, compiled.groups)
        length = checked_length(length + len(piece))
        pieces.append(piece)
        done = found.end()
    return "".join([*pieces, text[done:]])


def _filled(parts: list[str], found: Any, groups: int) -> str:
    if len(parts) == 1:
        return parts[0]
    return "".join(_meant(part, found, groups) if place % 2 else part for place, part in enumerate(parts))


def _meant(sign: str, found: Any, groups: int) -> str:
    if sign == "$":
        return "$"
    return found.group(int(sign)) or "" if int(sign) <= groups else ""
