"""What lines come to: the one place where prices, discounts and taxes are multiplied and rounded. Pure.

Every line is rounded to the hundredth, half up, and a document is the sum of its lines: what is printed adds up. The
discount is taken off the whole line; the tax is worked out of what then remains, or put on top of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")
NOTHING = Decimal("0.00")
PERCENT, SUM = "percent", "sum"
# Without tax is another thing than a rate of nought: documents say so.
NO_TAX = "none"
RATES = (NO_TAX, "0", "5", "7", "10", "20", "22")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line is worked out from. `discount` is a percentage, or a sum off the whole line."""

    quantity: Decimal
    price: Decimal
    discount: Decimal = NOTHING
    discount_kind: str = PERCENT
    tax: str = NO_TAX
    tax_included: bool = True


@dataclass(frozen=True, slots=True)
class Sums:
    """What a line or a document comes to: `total` is `net` and `tax`, and is what the client pays."""

    discount: Decimal = NOTHING
    net: Decimal = NOTHING
    tax: Decimal = NOTHING
    total: Decimal = NOTHING

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.discount + other.discount, self.net + other.net, self.tax + other.tax, self.total + other.total
        )


def of_line(line: Line) -> Sums:
    """Work out one line."""
    gross = _rounded(line.quantity * line.price)
    discount = _rounded(gross * line.discount / 100 if line.discount_kind == PERCENT else line.discount)
    remains, rate = gross - discount, percent(line.tax)
    if line.tax_included:
        tax = _rounded(remains * rate / (100 + rate))
        return Sums(discount, remains - tax, tax, remains)
    tax = _rounded(remains * rate / 100)
    return Sums(discount, remains, tax, remains + tax)


def of_all(lines: Iterable[Line]) -> Sums:
    """Work out a document."""
    return sum((of_line(line) for line in lines), Sums())


def percent(tax: str) -> Decimal:
    """The rate as a number; without tax it is nought."""
    return Decimal(0) if tax == NO_TAX else Decimal(tax)


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(HUNDREDTH, ROUND_HALF_UP)
