"""What an instance remembers: its values by source and name, and what was looked up outside during one turn."""

import json
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from potok.engine import values
from potok.engine.run import Ask, FieldOf, Named, NotLoaded, Unknown
from potok.engine.values import PersonRef, RecordRef, Value
from potok.processes import outside
from potok.processes.outside import SHOWN
from potok.processes.published import Published
from potok.processes.turn import Claimed

# A value does not know the kind of its field; this is the form in which phones are kept.
PHONE = re.compile(r"\+[1-9][0-9]{6,14}( ext\. [0-9]+)?")


class Memory:
    """Answers the engine's `look`. What is not loaded is said by `NotLoaded`; the life loads it and asks again."""

    def __init__(self, claimed: Claimed, *, version: Published, constants: Mapping[str, Value]) -> None:
        self.claimed, self.version, self.constants = claimed, version, constants
        self.named: dict[str, dict[str, Value]] = _read(claimed.data)
        self.outside: dict[FieldOf, Value | Unknown] = {}
        self.changed = False

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
        if isinstance(ask, FieldOf):
            return self._outside(ask)
        if ask.source == "Document":
            return self._document(ask.name)
        if ask.source == "Constant":
            return self._constant(ask.name)
        if ask.source == "Workflow":
            return self._workflow(ask.name)
        return self.named.get(ask.source, {}).get(ask.name)

    def keep(self, assigned: Mapping[Named, Value]) -> None:
        """Remember what the engine assigned."""
        for name, value in assigned.items():
            self.named.setdefault(name.source, {})[name.name] = value
            self.changed = True

    def forget_outside(self) -> None:
        """Something was written: what was read before may be stale."""
        self.outside.clear()

    def data(self) -> bytes | None:
        """The values as bytes, if any of them changed."""
        if not self.changed:
            return None
        plain = {
            source: {name: values.encode(value) for name, value in sorted(held.items())}
            for source, held in sorted(self.named.items())
        }
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()

    def show(self, value: Value) -> str:
        """How a value reads in a text: people and records by their names, phones in groups of digits."""
        if isinstance(value, PersonRef | RecordRef):
            return str(self._outside(FieldOf(value, SHOWN)) or "")
        if isinstance(value, str):
            return outside.phone(value) if PHONE.fullmatch(value) else value
        return values.show(value, zone=ZoneInfo(self.version.zone))

    def _outside(self, ask: FieldOf) -> Value:
        if ask not in self.outside:
            raise NotLoaded(ask)
        found = self.outside[ask]
        if isinstance(found, Unknown):
            raise found
        return found

    def _document(self, name: str) -> Value:
        if self.record is None:
            raise Unknown("processes.no_record", name=name)
        return self._outside(FieldOf(self.record, name))

    def _constant(self, name: str) -> Value:
        if name in self.constants:
            return self.constants[name]
        return next((each.default for each in self.version.header.constants if each.name == name), None)

    def _workflow(self, name: str) -> Value:
        claimed = self.claimed
        known: dict[str, Value] = {
            "id": claimed.id,
            "title": self.version.header.title,
            "initiator": PersonRef(claimed.initiator) if claimed.initiator is not None else None,
        }
        if name.lower() not in known:
            raise Unknown("processes.no_such_value", name=name)
        return known[name.lower()]


def _read(data: bytes) -> dict[str, dict[str, Value]]:
    plain = json.loads(data or b"{}")
    return {source: {name: values.decode(value) for name, value in held.items()} for source, held in plain.items()}
