"""YAML as plain data with the place of everything in it. Only what a definition needs: no tags, anchors or surprises.

Of plain words only `true` and `false` are yes or no, only digits are numbers; everything else, dates too, is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

import yaml

from potok.engine.problems import Place, Problem, Problems, _, problem

from . import unreadable

Plain: TypeAlias = Any  # str, int, Decimal, bool, None, list, dict with text keys
Path: TypeAlias = tuple[str | int, ...]
Marks: TypeAlias = Mapping[Path, tuple[int, int]]

SIZE_MAX = 256_000
DEPTH_MAX = 60

TOO_LONG = problem("tree.too_long", _("The text is longer than {limit} characters."), hint=_("Split the process."))
TOO_DEEP = problem(
    "tree.too_deep", _("The nesting is deeper than {limit}."), hint=_("Move steps into a process of their own.")
)
NO_TAGS = problem("tree.no_tags", _("“{mark}” has no meaning here."), hint=_("Write the value itself."))
DOUBLED_KEY = problem("tree.doubled_key", _("“{key}” is written twice."), hint=_("Keep one of them."))
KEY_NOT_TEXT = problem("tree.key", _("A key has to be a word."), hint=_("Put the value behind a name and a colon."))


class Loader(yaml.SafeLoader):
    """The safe loader with fewer guesses: `yes`, `on` and `2026-11-22` stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- PyYAML's own name and kind


class Dumper(yaml.SafeDumper):
    """Quotes what `Loader` would read as something else, and nothing more."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)  # PyYAML would write lists no deeper than their key.


NUMBER = re.compile(r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$")
for kind in (Loader, Dumper):
    kind.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
    kind.add_implicit_resolver("tag:yaml.org,2002:float", NUMBER, list("-0123456789"))
    kind.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


@dataclass(frozen=True, slots=True)
class Source:
    """What was written, and where: lines and columns count from 1. `problems` are of keys that were left out."""

    plain: Plain
    marks: Marks
    problems: tuple[Problem, ...] = ()


def parse(text: str) -> Source | Problems:
    """Read YAML; every complaint has its line and column. A key that is none, or doubled, hides nothing else."""
    if len(text) > SIZE_MAX:
        return Problems([TOO_LONG.at(limit=SIZE_MAX)])
    try:
        if found := list(_strangers(text)):
            return Problems(found)
        node = yaml.compose(text, Loader)
    except yaml.YAMLError as error:
        return Problems([unreadable.why(error, text=text)])
    builder = Builder()
    plain = builder.plain(node, ()) if node else None
    return Source(plain, builder.marks, tuple(builder.problems))


def _strangers(text: str) -> Iterator[Problem]:
    """Look through the events first: composing is recursive, and would follow an alias into itself."""
    depth = 0
    for event in yaml.parse(text, Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH_MAX:
                yield TOO_DEEP.at(_place(event.start_mark), limit=DEPTH_MAX)
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            yield NO_TAGS.at(_place(event.start_mark), mark=f"{sign}{event.anchor}")
        elif tag := getattr(event, "tag", None):
            yield NO_TAGS.at(_place(event.start_mark), mark=tag)


class Builder:
    """Turns nodes into plain data and remembers where each stood."""

    def __init__(self) -> None:
        self.marks: dict[Path, tuple[int, int]] = {}
        self.problems: list[Problem] = []

    def plain(self, node: yaml.Node, path: Path) -> Plain:
        self.marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return _scalar(node.tag.rpartition(":")[2], node.value)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Plain:
        found: dict[str, Plain] = {}
        for key, value in node.value:
            place = _place(key.start_mark, path=path)
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append(KEY_NOT_TEXT.at(place))
            elif key.value in found:
                self.problems.append(DOUBLED_KEY.at(place, key=key.value))
            else:
                found[key.value] = self.plain(value, (*path, key.value))
        return found


def _scalar(tag: str, text: str) -> Plain:
    match tag:
        case "bool":
            return text == "true"
        case "float":
            return Decimal(text) if "." in text else int(text)
        case "null":
            return None
    return text


def _place(mark: Any, *, path: Path = ()) -> Place:
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _write_decimal(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{number:f}")


def _write_integer(dumper: yaml.SafeDumper, number: int) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", str(number))


Dumper.add_representer(str, _write_text)
Dumper.add_representer(Decimal, _write_decimal)
Dumper.add_representer(int, _write_integer)


def text(plain: Plain) -> str:
    """Write plain data as YAML that `parse` reads as the same."""
    written: str = yaml.dump(plain, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=110, indent=2)
    return written
