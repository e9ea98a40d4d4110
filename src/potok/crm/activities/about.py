"""The records that an activity is about, of any types: one of them planned it, the client is always among them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from potok.engine.values import RecordRef, Type, Value
from potok.records.public import Record, fields, record_types


@dataclass(frozen=True)
class About(fields.Field):
    """References kept as `["crm.deal:7"]`, so that one index finds what there is about a record."""

    multiple: bool = True

    kind: ClassVar[str] = "records"
    operators: ClassVar[tuple[str, ...]] = ("empty", "filled")
    widget: ClassVar[str] = "records"

    @property
    def item_type(self) -> Type:
        return Type("record")

    def item(self, raw: Any) -> Value:
        if isinstance(raw, RecordRef):
            return raw
        if isinstance(raw, Record):
            return raw.ref
        name, _, number = str(raw).strip().rpartition(":")
        if name not in record_types or not number.isdecimal() or not 0 < int(number) < 2**63:
            raise fields.Unreadable(gettext("a record is expected, for example crm.deal:7"))
        return RecordRef(name, int(number))

    def to_plain(self, item: Any) -> Any:
        return spelled(item)

    def from_plain(self, plain: Any) -> Value:
        return read(plain)


def spelled(record: Any) -> str:
    """A record as it stands in the column: "crm.deal:7"."""
    return f"{record.type}:{record.id}"


def read(text: str) -> RecordRef:
    """The record that is spelled so."""
    name, _, number = text.rpartition(":")
    return RecordRef(name, int(number))
