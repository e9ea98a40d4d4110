"""What a kind of provider is: its words and the settings that it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from potok.kit.registry import Registry
from potok.ui.slots import Text


@dataclass(frozen=True)
class Field:
    """One setting. `shape` is `text`, `url`, `port`, `lines`, `certificates`, `check` or `choice`."""

    name: str
    title: Text
    shape: str = "text"
    default: Any = ""
    hint: Text = ""
    is_needed: bool = False
    choices: Sequence[tuple[str, Text]] = field(default=())


@dataclass(frozen=True)
class Kind:
    """`fields` are what must be known to ask it, `further` what mostly stays as it is."""

    name: str
    title: Text
    about: Text
    fields: Sequence[Field]
    further: Sequence[Field]
    secret: Text = ""

    def all(self) -> Sequence[Field]:
        return (*self.fields, *self.further)

    def defaults(self) -> Mapping[str, Any]:
        """What stands in an empty form."""
        return {one.name: one.default for one in self.all()}


kinds: Registry[Kind] = Registry("kind of provider")
