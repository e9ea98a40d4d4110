"""Fields that point at something: a person, a record, a file. The value is a reference by id."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from potok.engine import values
from potok.engine.values import FILE, PERSON, FileRef, PersonRef, RecordRef, Type, Value
from potok.records.fields.field import EQUALS, Field, Options, Unreadable, custom_kind


@dataclass(frozen=True)
class Person(Field):
    """One of our people."""

    kind: ClassVar[str] = "person"
    operators: ClassVar[tuple[str, ...]] = EQUALS
    widget: ClassVar[str] = "person"

    @property
    def item_type(self) -> Type:
        return PERSON

    def item(self, raw: Any) -> Value:
        return PersonRef(_id(raw, prefix="user_"))

    @property
    def columns(self) -> tuple[str, ...]:
        return (f"{self.name}_id",)

    def to_columns(self, value: Any) -> tuple[Any, ...]:
        return (None if value is None else value.id,)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        return None if held[0] is None else PersonRef(held[0])

    def to_plain(self, item: Any) -> Any:
        return item.id

    def from_plain(self, plain: Any) -> Value:
        return PersonRef(plain)

    def comparable(self, given: Any) -> Any:
        return _id(given, prefix="user_")


@dataclass(frozen=True)
class Link(Field):
    """A record of another type, `to`."""

    to: str = ""

    kind: ClassVar[str] = "link"
    operators: ClassVar[tuple[str, ...]] = EQUALS
    widget: ClassVar[str] = "link"

    @property
    def item_type(self) -> Type:
        return values.record(self.to)

    def item(self, raw: Any) -> Value:
        if isinstance(raw, RecordRef) and raw.type != self.to:
            raise Unreadable(gettext("a record of another kind is expected"))
        return RecordRef(self.to, _id(raw))

    @property
    def columns(self) -> tuple[str, ...]:
        return (f"{self.name}_id",)

    def to_columns(self, value: Any) -> tuple[Any, ...]:
        return (None if value is None else value.id,)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        return None if held[0] is None else RecordRef(self.to, held[0])

    def to_plain(self, item: Any) -> Any:
        return item.id

    def from_plain(self, plain: Any) -> Value:
        return RecordRef(self.to, plain)

    def comparable(self, given: Any) -> Any:
        return _id(given)


@dataclass(frozen=True)
class File(Field):
    """A stored file; it lies on the disk and hangs on the record."""

    kind: ClassVar[str] = "file"
    operators: ClassVar[tuple[str, ...]] = ("empty", "filled")
    widget: ClassVar[str] = "file"

    @property
    def item_type(self) -> Type:
        return FILE

    def item(self, raw: Any) -> Value:
        return FileRef(_id(raw))

    def to_plain(self, item: Any) -> Any:
        return item.id

    def from_plain(self, plain: Any) -> Value:
        return FileRef(plain)


def _id(raw: Any, *, prefix: str = "") -> int:
    if isinstance(raw, PersonRef | RecordRef | FileRef):
        return raw.id
    if isinstance(pk := getattr(raw, "pk", None), int):
        return pk
    text = str(raw).strip().removeprefix(prefix)
    if not text.isdecimal() or not 0 < int(text) < 2**63:
        raise Unreadable(gettext("choose from the list"))
    return int(text)


@custom_kind("person")
def _person(options: Options, **given: Any) -> Field:
    return Person(**given)


@custom_kind("link")
def _link(options: Options, **given: Any) -> Field:
    to = next((str(one["to"]) for one in options if isinstance(one, dict) and "to" in one), "")
    return Link(**given, to=to)


@custom_kind("file")
def _file(options: Options, **given: Any) -> Field:
    return File(**given)
