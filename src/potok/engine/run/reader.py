"""Looking up what formulas refer to: assigned in this activation first, then from the shell; links are followed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import TypeAlias

from potok.engine.expr import Bound, Reference
from potok.engine.run.asks import Ask, FieldOf, GlobalOf, Look, Named, NotLoaded, Unknown
from potok.engine.values import PersonRef, RecordRef, Value

GLOBAL, USER, WHO = ("GlobalVar", "GlobalConst"), "User", "ID"


class Reader:
    """What `expr.evaluate` calls for each reference.

    `within` are the items of lists inside which the formula stands, the nearest first; `local` names the steps whose
    results may belong to one item.
    """

    __slots__ = ("assigned", "local", "look", "parts", "within")

    def __init__(self, look: Look) -> None:
        self.look = look
        self.assigned: dict[Named, Value] = {}
        self.parts: dict[int, dict[Named, Value]] = {}  # what was assigned in this activation, by scope
        self.local: Container[str] = ()
        self.within: tuple[Around, ...] = ()

    def __call__(self, reference: Reference) -> Value:
        path = reference.path
        value = self._first(reference, path[0])
        for name in path[1:]:
            value = self._follow(value, name)
        return value

    def _first(self, reference: Reference, name: str) -> Value:
        if isinstance(reference, Bound):
            return self._follow(reference.value, name)
        if reference.source in GLOBAL:
            return self.look(GlobalOf(reference.source, name))
        if reference.source == USER:
            who = self.named(Named(USER, WHO))
            return who if name == WHO else self._follow(who, name)
        return self.named(Named(reference.source, name))

    def named(self, name: Named) -> Value:
        """Give a value of the instance as it stands at this point of the activation."""
        if self.within and name.source in self.local:
            return self._around(name)
        return self.assigned[name] if name in self.assigned else self.look(name)

    def given(self, name: Named) -> Value:
        """Give a value of a certain scope."""
        kept = self.parts.get(name.scope, {}) if name.scope else self.assigned
        return kept[name] if name in kept else self.look(name)

    def keep(self, source: str, values: Mapping[str, Value], *, scope: int = 0) -> None:
        """Assign values."""
        kept = self.parts.setdefault(scope, {}) if scope else self.assigned
        kept.update((Named(source, name, scope), value) for name, value in values.items())

    def all_assigned(self) -> dict[Named, Value]:
        """Give everything that was assigned and not forgotten."""
        if not self.parts:
            return self.assigned
        found = dict(self.assigned)
        for kept in self.parts.values():
            found.update(kept)
        return found

    def missing(self, references: Iterable[Reference], *, first: NotLoaded) -> NotLoaded:
        """Collect everything that is not loaded, so that the shell loads it at once and not one by one."""
        asks: list[Ask] = list(first.asks)
        for reference in references:
            try:
                self(reference)
            except NotLoaded as absent:
                asks.extend(absent.asks)
            except Unknown:
                continue  # It is told when the formula is worked out.
        return NotLoaded(*asks)

    def _around(self, name: Named) -> Value:
        for scope, source, own in self.within:
            if source == name.source and name.name in own:
                return own[name.name](self)
            value = self.given(Named(name.source, name.name, scope))
            if value is not None:
                return value
        return self.given(name)

    def _follow(self, value: Value, name: str) -> Value:
        if value is None:
            return None
        if isinstance(value, tuple):
            return self._follow_all(value, name)
        if isinstance(value, RecordRef | PersonRef):
            return self.look(FieldOf(value, name))
        raise Unknown("run.no_link", name=name)

    def _follow_all(self, items: tuple[Value, ...], name: str) -> Value:
        """Follow the links of all items; what is not loaded is asked for once, not item by item."""
        found: list[Value] = []
        asks: list[Ask] = []
        for item in items:
            try:
                found.append(self._follow(item, name))
            except NotLoaded as absent:
                asks.extend(absent.asks)
        if asks:
            raise NotLoaded(*asks)
        return flat(found)


# An item: its scope, the step that goes through the list, and what that step tells of the item.
Around: TypeAlias = tuple[int, str, Mapping[str, Callable[[Reader], Value]]]


def flat(values: Iterable[Value]) -> Value:
    """Make one list; what is empty is left out."""
    found: list[Value] = []
    for value in values:
        found.extend(value if isinstance(value, tuple) else () if value is None else (value,))
    return tuple(found)
