"""Amounts of several currencies as one, in the currency of the company. The rates are kept by a part above: `sources`.

Where a rate is missing, or amounts are asked for apart, they stay side by side.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext

from potok.kit import clock
from potok.kit.registry import Registry
from potok.records.fields.money import CURRENCY
from potok.ui import words

HUNDREDTH = Decimal("0.01")
Sums = Mapping[str, Decimal]


@dataclass(frozen=True)
class Rate:
    """What one unit of a currency is worth in that of the company, and from which day on."""

    worth: Decimal
    since: date


sources: Registry[Callable[[date], Mapping[str, Rate]]] = Registry("rates of currencies")


@dataclass
class Rates:
    """The rates of today, read when the first of them is needed. `used` tells by which of them something was turned."""

    apart: bool = False
    used: dict[str, Rate] = field(default_factory=dict)

    @cached_property
    def known(self) -> Mapping[str, Rate]:
        today = timezone.localdate(clock.now())
        return {currency: rate for source in sources.all().values() for currency, rate in source(today).items()}

    def worths(self, currencies: Iterable[str]) -> Mapping[str, Decimal]:
        """What each of several currencies is worth; nothing where there is but one, or a rate is missing."""
        wanted = set(currencies)
        foreign = sorted(wanted - {CURRENCY})
        if self.apart or len(wanted) < 2 or not all(one in self.known for one in foreign):
            return {}
        self.used |= {one: self.known[one] for one in foreign}
        return {CURRENCY: Decimal(1), **{one: self.known[one].worth for one in foreign}}

    def joined(self, sums: Sums) -> Sums:
        """The same amounts as one, where there are several and all have their rate."""
        several = {currency: amount for currency, amount in sums.items() if amount}
        worths = self.worths(several)
        if not worths:
            return sums
        whole = sum((amount * worths[currency] for currency, amount in several.items()), Decimal(0))
        return {CURRENCY: whole.quantize(HUNDREDTH)}

    @property
    def said(self) -> str:
        """«По курсам: 1 $ = 81,2 ₽ с 20 ноября», or nothing where all stayed as it was."""
        told = [
            gettext("1 %(currency)s = %(worth)s from %(day)s")
            % {"currency": currency, "worth": f"{words.number(rate.worth)}{words.NBSP}₽", "day": words.day(rate.since)}
            for currency, rate in sorted(self.used.items())
        ]
        return gettext("By the rates: %(rates)s") % {"rates": ", ".join(told)} if told else ""
