"""Looking up what formulas refer to: assigned in this activation first, then from the shell; links are followed."""

from __future__ import annotations

from collections.abc import Iterable

from potok.engine.expr import Reference
from potok.engine.run.asks import Ask, FieldOf, Look, Named, NotLoaded, Unknown
from potok.engine.values import PersonRef, RecordRef, Value


class Reader:
    """What `expr.evaluate` calls for each reference."""

    __slots__ = ("assigned", "look")

    def __init__(self, look: Look) -> None:
        self.look = look
        self.assigned: dict[Named, Value] = {}

    def __call__(self, reference: Reference) -> Value:
        path = reference.path
        value = self.named(Named(reference.source, path[0]))
        for name in path[1:]:
            value = self._follow(value, name)
        return value

    def named(self, name: Named) -> Value:
        """Give a value of the instance as it stands at this point of the activation."""
        return self.assigned[name] if name in self.assigned else self.look(name)

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

    def _follow(self, value: Value, name: str) -> Value:
        if value is None:
            return None
        if isinstance(value, tuple):
            return _flat(self._follow(item, name) for item in value)
        if isinstance(value, RecordRef | PersonRef):
            return self.look(FieldOf(value, name))
        raise Unknown("run.no_link", name=name)


def _flat(values: Iterable[Value]) -> Value:
    found: list[Value] = []
    for value in values:
        found.extend(value if isinstance(value, tuple) else () if value is None else (value,))
    return tuple(found)
