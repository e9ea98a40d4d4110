"""Text: one line, or several."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q

from potok.engine.values import TEXT, Type, Value
from potok.records.fields.field import EQUALS, WORDY, Field, Options, custom_kind

LENGTH_MAX = 20_000


@dataclass(frozen=True)
class Text(Field):
    """One line of text; `long` for several."""

    long: bool = False

    kind: ClassVar[str] = "text"
    operators: ClassVar[tuple[str, ...]] = (*EQUALS, *WORDY)

    @property
    def item_type(self) -> Type:
        return TEXT

    @property
    def widget(self) -> str:  # type: ignore[override]
        return "area" if self.long else "text"

    def item(self, raw: Any) -> Value:
        text = str(raw).replace("\r\n", "\n").replace("\x00", "").strip()
        return text[:LENGTH_MAX] if self.long else " ".join(text.split())[:LENGTH_MAX]

    def to_columns(self, value: Value) -> tuple[Any, ...]:
        return (value or "",)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        return str(held[0]) if held[0] else None

    def is_empty(self) -> Q:
        return super().is_empty() if self.custom or self.multiple else Q(**{self.path: ""})


@custom_kind("text")
def _line(options: Options, **given: Any) -> Field:
    return Text(**given)


@custom_kind("area")
def _area(options: Options, **given: Any) -> Field:
    return Text(**given, long=True)
