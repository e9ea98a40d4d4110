"""Amounts of money: making them, taking them apart, into another currency."""

from decimal import Decimal
from typing import TypeAlias

from potok.engine.expr import complaints
from potok.engine.expr.arithmetic import rounded, times
from potok.engine.expr.expression import Failure
from potok.engine.problems import Problems, _, problem
from potok.engine.values import MONEY, NUMBER, TEXT, Money

from .declared import function, may, needs

Number: TypeAlias = int | Decimal
WRONG_CURRENCY = problem(
    "expr.wrong_currency",
    _("“{text}” is no currency."),
    hint=_("Write its three letters, for example RUB."),
)
CODE_LENGTH = 3


def read_currency(text: str) -> str | Problems:
    """Read the code of a currency."""
    if len(text) == CODE_LENGTH and text.isascii() and text.isalpha() and text.isupper():
        return text
    return Problems([WRONG_CURRENCY.at(text=text)])


def _currency(text: str) -> str:
    found = read_currency(text)
    if isinstance(found, Problems):
        raise Failure(found[0])
    return found


@function("money", _("An amount in a currency, by its three-letter code."), needs("amount", NUMBER),
          needs("currency", TEXT, reads=read_currency), gives=MONEY)  # fmt: skip
def money(amount: Number, currency: str) -> Money:
    return Money(Decimal(amount), _currency(currency))


@function("amount", _("The number of an amount of money."), needs("money", MONEY), gives=NUMBER)
def amount(given: Money) -> Number:
    return rounded(given.amount, 34)


@function("currency", _("The three-letter code of an amount's currency."), needs("money", MONEY), gives=TEXT)
def currency_of(given: Money) -> str:
    return given.currency


@function(
    "exchange",
    _("The amount in another currency: multiplied by the rate, which is the price of one unit, and rounded to cents."),
    needs("money", MONEY),
    needs("currency", TEXT, reads=read_currency),
    needs("rate", NUMBER),
    may("places", NUMBER),
    gives=MONEY,
)
def exchange(given: Money, currency: str, rate: Number, places: Number = 2) -> Money:
    if rate <= 0:
        raise Failure(complaints.WRONG_VALUE.at(value=str(rate), wanted="number"))
    return Money(Decimal(rounded(times(given.amount, rate), int(places))), _currency(currency))
