"""Questions about goods: the lines of a record, what they come to, what a product costs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from potok.crm.goods import reading, rules, sums
from potok.crm.goods.models import Line, Price, Product, Rate
from potok.engine.values import RecordRef
from potok.records import public as records

HOME = "RUB"


def lines(record: RecordRef) -> list[Line]:
    """The lines of a record, in order, with their products."""
    return list(_of(record).select_related("product"))


def _of(record: RecordRef) -> QuerySet[Line]:
    return Line.objects.filter(record_type=record.type, record_id=record.id)


def count(record: RecordRef) -> int:
    """How many lines a record has."""
    return _of(record).count()


def lines_of(records: Iterable[RecordRef]) -> dict[RecordRef, list[Line]]:
    """The lines of many records, in one question a type."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for ref in records:
        wanted[ref.type].add(ref.id)
    found: dict[RecordRef, list[Line]] = defaultdict(list)
    for name, ids in wanted.items():
        for line in Line.objects.filter(record_type=name, record_id__in=ids):
            found[RecordRef(name, line.record_id)].append(line)
    return dict(found)


def total(of: Iterable[Line]) -> sums.Sums:
    """What lines come to."""
    return sums.of_all(line.counted for line in of)


def price(product: Product, *, currency: str, on: date, price_list: int | None = None) -> Decimal:
    """What a product costs in a currency, by a price list or as usual; refused where there is no rate for the day."""
    listed = Price.objects.filter(price_list=price_list, product=product).select_related("price_list").first()
    if listed is not None:
        return convert(listed.amount, listed.price_list.currency, currency, on=on)
    return Decimal(0) if product.price is None else convert(product.price, product.currency, currency, on=on)


def convert(amount: Decimal, given: str, wanted: str, *, on: date) -> Decimal:
    """Turn a sum into another currency by the rates of a day, exact to the hundredth."""
    if given == wanted:
        return amount
    return (amount * worth(given, on=on) / worth(wanted, on=on)).quantize(sums.HUNDREDTH)


def worths(currencies: Iterable[str], *, on: date) -> dict[str, Decimal | None]:
    """What each currency is worth on a day, nothing where no rate was entered."""
    rates = Rate.objects.filter(since__lte=on).order_by("currency", "-since").distinct("currency")
    known = {HOME: Decimal(1), **{rate.currency: rate.worth for rate in rates}}
    return {currency: known.get(currency) for currency in currencies}


def rates(on: date) -> dict[str, records.Rate]:
    """The rates of a day with the days from which they hold."""
    known = Rate.objects.filter(since__lte=on).order_by("currency", "-since").distinct("currency")
    return {rate.currency: records.Rate(rate.worth, rate.since) for rate in known}


def worth(currency: str, *, on: date) -> Decimal:
    """How many roubles a unit of a currency is worth on a day: the last rate that was entered for it."""
    if currency == HOME:
        return Decimal(1)
    rate = Rate.objects.filter(currency=currency, since__lte=on).order_by("-since").first()
    if rate is None:
        raise rules.UNPRICED(currency=currency)
    return rate.worth


def unit_sign(code: str) -> str:
    """How a unit of measure is written; an unknown code stays."""
    offered: Any = reading.field_of(reading.UNIT)
    return str(dict(offered.options).get(code, code))
