"""An amount in a currency: two columns, or an object in `props`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext

from potok.engine.values import MONEY, Money, Type, Value
from potok.records.fields.field import ORDERED, Field, Options, Unreadable, custom_kind
from potok.records.fields.number import read_number

CURRENCY = "RUB"
CURRENCIES = ("RUB", "USD", "EUR", "CNY", "KZT", "BYN")


@dataclass(frozen=True)
class MoneyField(Field):
    """Money; `295 000`, `295000 USD` and `100|USD` are understood, a bare amount is in roubles."""

    kind: ClassVar[str] = "money"
    operators: ClassVar[tuple[str, ...]] = ORDERED
    widget: ClassVar[str] = "money"

    @property
    def item_type(self) -> Type:
        return MONEY

    def item(self, raw: Any) -> Value:
        if isinstance(raw, Money):
            return raw
        amount, currency = _parted(raw)
        currency = currency.strip().upper() or CURRENCY
        if currency not in CURRENCIES:
            raise Unreadable(gettext("the currency is one of %(known)s") % {"known": ", ".join(CURRENCIES)})
        return Money(Decimal(read_number(amount)).quantize(Decimal("0.01")), currency)

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name, "currency")

    def to_columns(self, value: Any) -> tuple[Any, ...]:
        return (None, CURRENCY) if value is None else (value.amount, value.currency)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        amount, currency = held
        return None if amount is None else Money(Decimal(amount).quantize(Decimal("0.01")), currency)

    def to_plain(self, item: Any) -> Any:
        return {"amount": float(item.amount), "currency": item.currency}

    def from_plain(self, plain: Any) -> Value:
        return Money(Decimal(str(plain["amount"])).quantize(Decimal("0.01")), plain["currency"])

    @property
    def path(self) -> str:
        return f"props__{self.name}__amount" if self.custom else self.name

    def comparable(self, given: Any) -> Any:
        money = self.item(given)
        assert isinstance(money, Money)
        return float(money.amount) if self.custom else money.amount

    def equals(self, given: Any) -> Q:
        if self.custom and self.multiple:
            return Q(props__contains={self.name: [{"amount": self.comparable(given)}]})
        return Q(**{self.path: self.comparable(given)})

    def is_empty(self) -> Q:
        if self.custom:
            return Q(**{f"props__{self.name}__isnull": True}) | Q(**{f"props__{self.name}__in": [None, []]})
        return super().is_empty()


def _parted(raw: Any) -> tuple[Any, str]:
    if isinstance(raw, dict):
        return raw.get("amount", ""), str(raw.get("currency", ""))
    text = str(raw).strip()
    if "|" in text:
        amount, _, currency = text.partition("|")
        return amount, currency
    if text[-3:].isalpha():
        return text[:-3], text[-3:]
    return text.removesuffix("₽"), ""


@custom_kind("money")
def _money(options: Options, **given: Any) -> Field:
    return MoneyField(**given)
