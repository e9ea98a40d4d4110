"""Numbers, whole or with a fraction."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.utils.translation import gettext

from potok.engine import values
from potok.engine.values import NUMBER, Type, Value
from potok.records.fields.field import ORDERED, Field, Options, Unreadable, custom_kind

DIGITS_MAX = 15  # as many as JSON carries through a float unchanged


@dataclass(frozen=True)
class Number(Field):
    """A number; spaces between thousands and a decimal comma are understood."""

    kind: ClassVar[str] = "number"
    operators: ClassVar[tuple[str, ...]] = ORDERED
    widget: ClassVar[str] = "number"

    @property
    def item_type(self) -> Type:
        return NUMBER

    def item(self, raw: Any) -> Value:
        return read_number(raw)

    def to_plain(self, item: Any) -> Any:
        return item if isinstance(item, int) else float(item)

    def from_plain(self, plain: Any) -> Value:
        return values.number(Decimal(str(plain)))


def read_number(raw: Any) -> int | Decimal:
    """Read a number as people write it."""
    if isinstance(raw, bool):
        raise Unreadable(gettext("a number is expected, for example 1 250.5"))
    text = str(raw).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unreadable(gettext("a number is expected, for example 1 250.5")) from None
    if not number.is_finite() or len(number.as_tuple().digits) > DIGITS_MAX or abs(number.adjusted()) > DIGITS_MAX:
        raise Unreadable(gettext("the number is too long"))
    return values.number(number)


@custom_kind("number")
def _number(options: Options, **given: Any) -> Field:
    return Number(**given)
