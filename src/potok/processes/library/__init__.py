"""Ready definitions: texts on shelves, in the languages of people, each with its cases; an analyst takes a copy.

A shelf is a folder of `<code>.<language>.yaml`, with `<code>.cases.yaml` beside them. To add one is to add its files;
a part offers a shelf of its own by `shelves.add` at its start.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from potok.engine.notation.tree.source import Plain, parse
from potok.engine.problems import Problems
from potok.kit.errors import Defect
from potok.kit.registry import Registry
from potok.kit.words import _

DEFAULT = "en"  # what a reader gets whose language a shelf does not have


@dataclass(frozen=True, slots=True)
class Shelf:
    """Definitions that belong together; who offers them says where they lie."""

    title: str
    folder: Path


shelves: Registry[Shelf] = Registry("shelf")
shelves.add("standard", Shelf(_("Standard processes"), Path(__file__).parent / "standard"))
shelves.add("papers", Shelf(_("Letters and contracts"), Path(__file__).parent / "papers"))


@dataclass(frozen=True)
class Ready:
    """One definition in one language. `cases` are trials by title: `title`, `script`, and how it `ends`."""

    code: str
    language: str
    shelf: Shelf
    text: str
    cases: Sequence[Mapping[str, Any]]

    @property
    def plain(self) -> Mapping[str, Any]:
        """What the text says, as data."""
        return _parsed(self.text)

    @property
    def title(self) -> str:
        return str(self.plain.get("title", self.code))

    @property
    def vacant(self) -> list[str]:
        """The roles for which whoever takes it has to name people."""
        roles: Mapping[str, Any] = self.plain.get("roles") or {}
        return [str(role.get("title") or name) for name, role in roles.items() if not role.get("people")]

    @property
    def notation(self) -> str:
        return "stages" if "stages" in self.plain else "tree"


def ready(language: str) -> list[Ready]:
    """All that there are in a language, shelf by shelf, in the order of their titles."""
    return [one for shelf in shelves.all().values() for one in sorted(_on(shelf, language), key=lambda one: one.title)]


def find(code: str, *, language: str) -> Ready | None:
    """One of them."""
    return next((one for one in ready(language) if one.code == code), None)


def languages() -> list[str]:
    """The languages that any shelf speaks."""
    files = (file for shelf in shelves.all().values() for file in shelf.folder.glob("*.yaml"))
    return sorted({file.suffixes[0][1:] for file in files} - {"cases"})


def _on(shelf: Shelf, language: str) -> Iterator[Ready]:
    spoken = language if any(shelf.folder.glob(f"*.{language}.yaml")) else DEFAULT
    for file in sorted(shelf.folder.glob(f"*.{spoken}.yaml")):
        code = file.name.partition(".")[0]
        yield Ready(code, spoken, shelf, _read(file), _cases(shelf.folder / f"{code}.cases.yaml"))


@cache
def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def _cases(file: Path) -> Sequence[Mapping[str, Any]]:
    return tuple(_plain(_read(file))) if file.exists() else ()


@cache
def _parsed(text: str) -> Mapping[str, Any]:
    return dict(_plain(text))


def _plain(text: str) -> Any:
    # The reader of definitions leaves days and moments as they were written.
    found = parse(text)
    if isinstance(found, Problems):
        raise Defect(f"a ready definition cannot be read: {found}")
    plain: Plain = found.plain
    return plain
