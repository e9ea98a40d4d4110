"""A mapping that was written, taken key by key; whatever is wrong or left over is complained of, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from potok.engine.notation.tree.source import Marks, Path, Plain
from potok.engine.problems import Declared, Place, Problem, _, problem

if TYPE_CHECKING:
    from potok.engine.notation.tree.steps import Step

NOT_TEXT = problem("tree.not_text", _("“{key}” has to be text."))
NOT_YES_NO = problem("tree.not_yes_no", _("“{key}” has to be true or false."))
NOT_LIST = problem("tree.not_list", _("“{key}” has to be a list."), hint=_("Begin each item with a dash."))
NOT_MAPPING = problem("tree.not_mapping", _("Here names with values are expected."), hint=_("Write “name: value”."))
NOT_OFFERED = problem("tree.not_offered", _("“{key}” cannot be “{value}”."), hint=_("Choose one of: {choices}."))
ABSENT = problem("tree.absent", _("“{key}” is missing."), hint=_("Add “{key}:” here."))
UNKNOWN_KEY = problem("tree.unknown_key", _("“{key}” is not known here."), hint=_("{guess}Known are: {known}."))

T = TypeVar("T")


class Page:
    """What is shared by everything read from one text: the places, the complaints, and who reads steps."""

    def __init__(self, marks: Marks, *, read_step: Callable[[Given], Step | None]) -> None:
        self.marks = marks
        self.problems: list[Problem] = []
        self.unread: set[str] = set()  # ids of steps that could not be read
        self.read_step = read_step

    def place(self, path: Path) -> Place:
        """Find the line of a path, or of the nearest thing around it that was written."""
        known = path
        while known and known not in self.marks:
            known = known[:-1]
        line, column = self.marks.get(known, (0, 0))
        return Place(path, line, column)


class Given:
    """One mapping."""

    def __init__(self, plain: Plain, *, path: Path, page: Page) -> None:
        self.page = page
        self.path = path
        self.known: dict[str, None] = {}
        self.is_mapping = isinstance(plain, dict)
        self.plain: Mapping[str, Plain] = plain if isinstance(plain, dict) else {}
        if not self.is_mapping:
            self.complain(NOT_MAPPING)

    def complain(self, declared: Declared, *steps: str | int, **fields: object) -> None:
        """Complain of something here, or of what lies along `steps`."""
        self.page.problems.append(declared.at(self.page.place((*self.path, *steps)), **fields))

    def has(self, key: str) -> bool:
        return key in self.plain

    def any(self, key: str, *, required: bool = False) -> Plain:
        """Take whatever stands there; None when nothing does."""
        self.known[key] = None
        if required and self.is_mapping and self.plain.get(key) is None:
            self.complain(ABSENT, key, key=key)
        return self.plain.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """Take a text; a number is its digits."""
        found = self.any(key, required=required)
        if isinstance(found, bool | list | dict):
            self.complain(NOT_TEXT, key, key=key)
            return ""
        return "" if found is None else str(found)

    def yes(self, key: str, *, default: bool = False) -> bool:
        """Take true or false."""
        found = self.any(key)
        if found is not None and not isinstance(found, bool):
            self.complain(NOT_YES_NO, key, key=key)
        return default if found is None else found is True

    def one_of(self, key: str, choices: Callable[[str], T], *, default: T, offered: Sequence[str]) -> T:
        """Take one of a few words."""
        found = self.text(key)
        if not found:
            return default
        if found not in offered:
            self.complain(NOT_OFFERED, key, key=key, value=found, choices=", ".join(offered))
            return default
        return choices(found)

    def list(self, key: str, *, required: bool = False) -> list[Plain]:
        """Take a list."""
        found = self.any(key, required=required)
        if found is not None and not isinstance(found, list):
            self.complain(NOT_LIST, key, key=key)
        return found if isinstance(found, list) else []

    def mapping(self, key: str, *, required: bool = False) -> dict[str, Plain]:
        """Take names with values."""
        found = self.any(key, required=required)
        if found is not None and not isinstance(found, dict):
            self.complain(NOT_MAPPING, key)
        return found if isinstance(found, dict) else {}

    def under(self, key: str, *, required: bool = False) -> Given:
        """Take a mapping as something to be read in turn."""
        found = self.any(key, required=required)
        return Given({} if found is None else found, path=(*self.path, key), page=self.page)

    def each(self, key: str, *, required: bool = False) -> Iterator[Given]:
        """Take a list of mappings."""
        for index, item in enumerate(self.list(key, required=required)):
            yield Given(item, path=(*self.path, key, index), page=self.page)

    def named(self, key: str) -> Iterator[tuple[str, Given]]:
        """Take mappings by name."""
        for name, item in self.mapping(key).items():
            yield name, Given({} if item is None else item, path=(*self.path, key, name), page=self.page)

    def steps(self, key: str) -> tuple[Step, ...]:
        """Take a sequence of steps."""
        found = (self.page.read_step(given) for given in self.each(key, required=True))
        return tuple(step for step in found if step)

    def nothing_else(self) -> None:
        """Complain of every key that nobody took."""
        for key in self.plain:
            if key not in self.known:
                close = get_close_matches(key, self.known, n=1)
                guess = f"“{close[0]}”? " if close else ""
                self.complain(UNKNOWN_KEY, key, key=key, guess=guess, known=", ".join(self.known))
