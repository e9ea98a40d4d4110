"""What an instance remembers: its values by source and name, and what was looked up outside during one turn."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, override

from potok.engine import expr, values
from potok.engine.run import Ask, CalendarOf, FieldOf, GlobalOf, Named, NotLoaded, Unknown
from potok.engine.values import PersonRef, RecordRef, Value
from potok.processes import local_values, outside
from potok.processes.around import Around
from potok.processes.outside import SHOWN
from potok.processes.published import Published
from potok.processes.turn import Claimed

# A value does not know the kind of its field; this is the form in which phones are kept.
PHONE = re.compile(r"\+[1-9][0-9]{6,14}( ext\. [0-9]+)?")


class Memory:
    """Answers the engine's `look`. What is not loaded is said by `NotLoaded`; the life loads it and asks again."""

    def __init__(
        self, claimed: Claimed, *, version: Published, constants: Mapping[str, Value], newest: int = 0
    ) -> None:
        self.claimed, self.version, self.constants = claimed, version, constants
        self.newest = newest  # the last number that the instance had given when it was claimed
        self.named = local_values.read(claimed.data)
        self.outside: dict[Ask, Any] = {}
        self.around = Around(self._outside, record=self.record)
        self.changed = False
        # Of items: what is loaded; which of it changed; what was kept before and is not needed any more.
        self.parts: dict[int, local_values.Named] = {}
        self.changed_parts: set[int] = set()
        self.forgotten: set[int] = set()

    @property
    def record(self) -> RecordRef | None:
        claimed = self.claimed
        return RecordRef(claimed.record_type, claimed.record_id) if claimed.record_id is not None else None

    @property
    def inputs(self) -> Mapping[str, Value]:
        """What the instance was started with."""
        return self.named.get("Template", {})

    def look(self, ask: Ask) -> Value:
        """Give a value that a formula refers to."""
        if isinstance(ask, FieldOf | GlobalOf | CalendarOf):
            found: Value = self._outside(ask)
            return found
        if ask.scope:
            return self._of_part(ask)
        if ask.source == "Document":
            return self._document(ask.name)
        if ask.source == "Constant":
            return self._constant(ask.name)
        if ask.source == "Workflow":
            return self._workflow(ask.name)
        if ask.source == "User" or self._is_starter(ask):
            return self._workflow("initiator")
        return self.named.get(ask.source, {}).get(ask.name)

    @property
    def context(self) -> expr.Context:
        """What formulas reckon with."""
        return expr.Context(
            at=self.claimed.at,
            zone=self.version.zone,
            show=self.show,
            language=settings.LANGUAGE_CODE,
            chance=expr.Chance(self.claimed.id),
            outside=self.around,
        )

    def keep(self, assigned: Mapping[Named, Value]) -> None:
        """Remember what the engine assigned."""
        for name, value in assigned.items():
            kept = self.parts.setdefault(name.scope, {}) if name.scope else self.named
            kept.setdefault(name.source, {})[name.name] = value
            if name.scope:
                self.changed_parts.add(name.scope)
            else:
                self.changed = True

    def forget_outside(self) -> None:
        """Something was written: what was read before may be stale."""
        self.outside.clear()

    def data(self) -> bytes | None:
        """The values as bytes, if any of them changed."""
        if not self.changed:
            return None
        return local_values.written(self.named)

    def local(self) -> dict[int, bytes | None]:
        """What has changed of the values of items, as bytes; None for what is not needed any more."""
        kept = {scope: local_values.written(self.parts[scope]) for scope in sorted(self.changed_parts)}
        return {**dict.fromkeys(sorted(self.forgotten)), **kept}

    def unloaded(self, scopes: Iterable[int]) -> list[int]:
        """Tell of which scopes there may be values that were not loaded."""
        return sorted({scope for scope in scopes if 0 < scope <= self.newest and scope not in self.parts})

    def learn(self, scopes: Iterable[int], found: Mapping[int, bytes]) -> None:
        """Take what was loaded of the values of these scopes."""
        self.parts |= {scope: local_values.read(found.get(scope, b"")) for scope in scopes}

    def forget(self, scopes: Iterable[int]) -> None:
        """Let go of the values of these scopes."""
        for scope in scopes:
            self.parts.pop(scope, None)
            self.changed_parts.discard(scope)
            if scope <= self.newest:
                self.forgotten.add(scope)

    def show(self, value: Value) -> str:
        """How a value reads in a text: people and records by their names, phones in groups of digits."""
        if isinstance(value, PersonRef | RecordRef):
            return str(self._outside(FieldOf(value, SHOWN)) or "")
        if isinstance(value, str):
            return outside.phone(value) if PHONE.fullmatch(value) else value
        return values.show(value, zone=ZoneInfo(self.version.zone))

    def _of_part(self, ask: Named) -> Value:
        if ask.scope not in self.parts:
            if ask.scope <= self.newest:
                raise NotLoaded(ask)
            return None
        return self.parts[ask.scope].get(ask.source, {}).get(ask.name)

    def _outside(self, ask: Ask) -> Any:
        if ask not in self.outside:
            raise NotLoaded(ask)
        found = self.outside[ask]
        if isinstance(found, Unknown):
            raise found
        return found

    def _document(self, name: str) -> Value:
        if self.record is None:
            raise Unknown("processes.no_record", name=name)
        found: Value = self._outside(FieldOf(self.record, name))
        return found

    def _constant(self, name: str) -> Value:
        if name in self.constants:
            return self.constants[name]
        return next((each.default for each in self.version.header.constants if each.name == name), None)

    def _is_starter(self, ask: Named) -> bool:
        """Tell whether `{=Template:TargetUser}` is asked for: who started it, unless a parameter is called so."""
        if (ask.source, ask.name) != ("Template", "TargetUser"):
            return False
        return all(one.name != ask.name for one in self.version.header.parameters)

    def _workflow(self, name: str) -> Value:
        claimed = self.claimed
        known: dict[str, Value] = {
            "id": claimed.id,
            "title": self.version.header.title,
            "initiator": PersonRef(claimed.initiator) if claimed.initiator is not None else None,
            "caller": claimed.parent_token,
            "templateid": self.version.definition,
        }
        if name.lower() not in known:
            raise Unknown("processes.no_such_value", name=name)
        return known[name.lower()]


def in_company_language(sentence: str) -> str:
    """Translate what the engine says into the values of an instance, the same whoever happens to carry it on."""
    with override(settings.LANGUAGE_CODE):
        return gettext(sentence)
