"""Products and the lines of records under Bitrix24's names.

Abroad the price of a row is what one unit costs at the end, with discount and tax; a discount in money is one unit's.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from pydantic import Field as Default

from potok.crm.goods import queries, reading, units
from potok.crm.goods.carriers import Carrier, for_every_carrier
from potok.crm.goods.models import Line
from potok.crm.goods.record import product
from potok.crm.goods.sums import NO_TAX, PERCENT, RATES, SUM, percent
from potok.kit import wire
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, WireError, method, page
from potok.kit.errors import Missing
from potok.kit.operations import operations
from potok.records import public as records
from potok.records.public import dialect, fields

SCOPE = "crm"
MONETARY, PERCENTAGE = 1, 2

products = dialect.speak(
    dialect.Dialect(
        product,
        entity="PRODUCT",
        number=6,
        names={
            "NAME": "title",
            "CODE": "code",
            "PRICE": "price",
            "CURRENCY_ID": "price.currency",
            "MEASURE": "unit",
            "VAT_ID": "tax",
            "VAT_INCLUDED": "tax_included",
            "SECTION_ID": "section",
            "ACTIVE": "active",
            "DESCRIPTION": "comment",
        },
    )
)


class NoArguments(Arguments):
    """Nothing to say."""


class RowsArguments(Arguments):
    """Of which record."""

    id: int


class SetArguments(Arguments):
    """All rows that a record has from now on."""

    id: int
    rows: Any = Default(default_factory=list)


@method("crm.measure.list", scope=SCOPE)
def measures(call: Call, given: NoArguments) -> Page:
    """List the units of measure."""
    shown = [
        {"ID": code, "CODE": code, "MEASURE_TITLE": str(sign), "SYMBOL_RUS": str(sign),
         "IS_DEFAULT": "Y" if code == units.PIECE else "N"}
        for code, sign in _offered()
    ]  # fmt: skip
    return page(shown, start=0, shown=len(shown), total=len(shown))


@method("crm.vat.list", scope=SCOPE)
def rates(call: Call, given: NoArguments) -> Page:
    """List the rates of VAT."""
    shown = [
        {"ID": rate, "NAME": rate, "RATE": None if rate == NO_TAX else f"{percent(rate):.2f}", "ACTIVE": "Y"}
        for rate in RATES
    ]
    return page(shown, start=0, shown=len(shown), total=len(shown))


@method("crm.currency.list", scope=SCOPE)
def currencies(call: Call, given: NoArguments) -> Page:
    """List the currencies with what they are worth today in the base one."""
    known = queries.worths(fields.money.CURRENCIES, on=timezone.localdate(call.at))
    shown = [
        {"CURRENCY": code, "BASE": "Y" if code == queries.HOME else "N", "AMOUNT_CNT": "1", "SORT": str(100 * place),
         "AMOUNT": None if worth is None else f"{worth:.4f}"}
        for place, (code, worth) in enumerate(known.items(), 1)
    ]  # fmt: skip
    return page(shown, start=0, shown=len(shown), total=len(shown))


@method("crm.currency.base.get", scope=SCOPE)
def base_currency(call: Call, given: NoArguments) -> str:
    """Name the currency in which all others are measured."""
    return queries.HOME


def _offered() -> Any:
    offered: Any = reading.field_of(reading.UNIT)
    return offered.options


def declare(carrier: Carrier) -> None:
    """Answer for the rows of a record type: `….productrows.get` and `….productrows.set`."""
    own = carrier.record_type.name

    @method(f"{own}.productrows.get", scope=SCOPE)
    def get(call: Call, given: RowsArguments) -> list[dict[str, Any]]:
        """List the rows of a record."""
        return [_shown(carrier, line) for line in queries.lines(_found(carrier, call, given.id).ref)]

    @method(f"{own}.productrows.set", scope=SCOPE)
    def set_(call: Call, given: SetArguments) -> bool:
        """Replace the rows of a record."""
        record = _found(carrier, call, given.id)
        rows = given.rows if isinstance(given.rows, list) else list(given.rows.values())
        operations[f"{carrier.lines}.set"](call, record=record, lines=[read(row) for row in rows])
        return True


for_every_carrier(declare)


def _found(carrier: Carrier, call: Call, id: int) -> Any:
    try:
        return records.find(carrier.record_type, id, by=call.by)
    except Missing:
        raise WireError("", "Not found") from None


def read(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it came, as our line."""
    upper = {str(name).upper(): value for name, value in row.items()}
    line: dict[str, Any] = {
        "quantity": upper.get("QUANTITY", 1),
        "unit": str(upper.get("MEASURE_CODE") or units.PIECE).zfill(3),
        "tax": _rate(upper.get("TAX_RATE")),
        "tax_included": wire.is_yes(upper.get("TAX_INCLUDED", "N")),
    }
    if name := upper.get("PRODUCT_NAME"):
        line["title"] = name
    if product_id := _number(upper.get("PRODUCT_ID")):
        line["product"] = int(product_id)
    return line | _priced(upper, line["tax"], included=line["tax_included"], quantity=_number(line["quantity"]))


def _priced(row: Mapping[str, Any], tax: str, *, included: bool, quantity: Decimal) -> dict[str, Any]:
    """The price before the discount, and the discount: theirs is of one unit, ours of the line."""
    rate = percent(tax)
    if "PRICE_EXCLUSIVE" in row and not included:
        price = _number(row["PRICE_EXCLUSIVE"])
    elif "PRICE" in row:
        price = _number(row["PRICE"]) if included else _number(row["PRICE"]) / (1 + rate / 100)
    else:
        return {}
    if str(row.get("DISCOUNT_TYPE_ID", "")) == str(PERCENTAGE) and (off := _number(row.get("DISCOUNT_RATE"))):
        return {"price": price / (1 - off / 100) if off < 100 else price, "discount": off, "discount_kind": PERCENT}
    off = _number(row.get("DISCOUNT_SUM"))
    gross = off * (1 + rate / 100) if included else off
    return {"price": price + gross, "discount": gross * quantity, "discount_kind": SUM}


def _number(raw: Any) -> Decimal:
    try:
        return Decimal(str(raw).replace(",", ".").strip() or 0) if raw is not None else Decimal(0)
    except ArithmeticError:
        raise WireError("", f"Not a number: {raw}") from None


def _rate(raw: Any) -> str:
    """Their rate by ours; none at all is without tax."""
    if raw is None or str(raw).strip() == "":
        return NO_TAX
    text = f"{_number(raw).normalize():f}"
    if text not in RATES:
        raise WireError("", f"There is no tax rate {text}")
    return text


def _shown(carrier: Carrier, line: Line) -> dict[str, Any]:
    sums, rate = line.sums, percent(line.tax)
    net = sums.net / line.quantity
    before = (sums.total + sums.discount if line.tax_included else sums.net + sums.discount) / line.quantity
    before_net = before / (1 + rate / 100) if line.tax_included else before
    return {
        "ID": str(line.pk),
        "OWNER_ID": str(line.record_id),
        "OWNER_TYPE": carrier.record_type.name.rpartition(".")[2][:1].upper(),
        "PRODUCT_ID": line.product_id or 0,
        "PRODUCT_NAME": line.title,
        "PRICE": _float(sums.total / line.quantity),
        "PRICE_EXCLUSIVE": _float(net),
        "PRICE_NETTO": _float(before_net),
        "PRICE_BRUTTO": _float(before_net * (1 + rate / 100)),
        "QUANTITY": _float(line.quantity),
        "DISCOUNT_TYPE_ID": PERCENTAGE if line.discount_kind == PERCENT else MONETARY,
        "DISCOUNT_RATE": _float(sums.discount * 100 / (before * line.quantity)) if before else 0,
        "DISCOUNT_SUM": _float(before_net - net),
        "TAX_RATE": None if line.tax == NO_TAX else _float(rate),
        "TAX_INCLUDED": "Y" if line.tax_included else "N",
        "MEASURE_CODE": int(line.unit) if line.unit.isdecimal() else line.unit,
        "MEASURE_NAME": str(dict(_offered()).get(line.unit, line.unit)),
        "SORT": (line.place + 1) * 10,
    }


def _float(number: Decimal) -> float | int:
    rounded = round(float(number), 6)
    return int(rounded) if rounded == int(rounded) else rounded
