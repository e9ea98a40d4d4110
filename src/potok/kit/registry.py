"""Everything with a public name, by kind: operations, queries, events, record types, blocks, permissions, slots.

A part puts its things here when it is imported; doors, the reference and the house tests read them from here.
"""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from potok.kit.errors import Defect

T = TypeVar("T")


class Registry(Generic[T]):
    """Things of one kind under their literal names; a name stands for one thing."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._things: dict[str, T] = {}

    def add(self, name: str, thing: T) -> T:
        """Register; a second thing under the same name is a defect."""
        if name in self._things:
            raise Defect(f"{self.kind} {name} is declared twice")
        self._things[name] = thing
        return thing

    def drop(self, name: str) -> None:
        """Forget a thing, for those kinds that a customer changes while the product runs."""
        self._things.pop(name, None)

    def get(self, name: str) -> T | None:
        return self._things.get(name)

    def __getitem__(self, name: str) -> T:
        return self._things[name]

    def __contains__(self, name: str) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def all(self) -> Mapping[str, T]:
        """All of the kind, in the order in which they were declared."""
        return dict(self._things)
