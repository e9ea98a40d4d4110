"""One complaint, where it stands, and a collection of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

Translate: TypeAlias = Callable[[str], str]

# Fields with these names hold a type by its English name, which is translated too.
NAMES_OF_TYPES = frozenset({"given", "wanted", "left", "right"})


class Severity(StrEnum):
    """Whether a definition with this problem may be published."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a definition: the path to a value, its line and column, and the span inside its text.

    Lines and columns count from 1 and are 0 where unknown; a span is a half-open range of characters.
    """

    path: tuple[str | int, ...] = ()
    line: int = 0
    column: int = 0
    span: tuple[int, int] | None = None

    def __str__(self) -> str:
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).lstrip(".")
        where = f" (line {self.line}, column {self.column})" if self.line else ""
        return f"{path}{where}".strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: `message` and `hint` are English templates for `str.format` with `fields`."""

    code: str
    place: Place
    message: str
    hint: str = ""
    fields: Mapping[str, object] = field(default_factory=dict, hash=False)
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        says = f"{self.says()} {self.hints()}".strip()
        return f"{self.place}: {says}" if str(self.place) else says

    def says(self, translate: Translate = str) -> str:
        """Tell what is wrong; `translate` turns an English text into the reader's language."""
        return self._filled(self.message, translate)

    def hints(self, translate: Translate = str) -> str:
        """Tell what to do about it."""
        return self._filled(self.hint, translate)

    def _filled(self, text: str, translate: Translate) -> str:
        if not text:
            return ""  # gettext answers an empty text with the header of its catalogue.
        fields = {
            name: translate(value) if name in NAMES_OF_TYPES and isinstance(value, str) else value
            for name, value in self.fields.items()
        }
        return translate(text).format(**fields)

    def inside(self, *path: str | int, line: int = 0, column: int = 0) -> "Problem":
        """Put the problem deeper into a definition: `path` goes before its own; a known line is kept."""
        place = replace(
            self.place,
            path=(*path, *self.place.path),
            line=self.place.line or line,
            column=self.place.column or column,
        )
        return replace(self, place=place)


class Problems(tuple[Problem, ...]):
    """What a reader answers instead of the thing it was asked to read; never empty."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self)
