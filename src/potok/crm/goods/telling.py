"""How the history of a record tells of its lines: kept as plain JSON, said in words, given back."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from potok.crm.goods import queries, rules, sums
from potok.crm.goods.carriers import carriers
from potok.crm.goods.models import Line
from potok.crm.goods.reading import COLUMNS
from potok.kit.calls import Call
from potok.kit.operations import operations
from potok.records import public as records
from potok.records.public import Record
from potok.ui import words

NAME = "lines"
Kept = Mapping[str, Any]


def kept(record: Record, lines: Iterable[Line]) -> Kept:
    """The lines of a record as history holds them."""
    return {"currency": getattr(record, "currency", ""), "lines": [_plain(line) for line in lines]}


def _plain(line: Line) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in COLUMNS}
    plain = {name: str(_short(one)) if isinstance(one, Decimal) else one for name, one in values.items()}
    return {"id": line.pk, "product": line.product_id, **plain}


def _short(number: Decimal) -> Decimal:
    # 2 and 2.0000 are one quantity, whether typed just now or read from the database.
    return number.normalize() + 0


def said(was: Kept | None, became: Kept | None) -> tuple[str, str]:
    """Both sides in words: the lines that differ, or their order where it is all that does."""
    before, after = _by_id(was), _by_id(became)
    if list(before) != list(after) and before == after:
        return _titles(before.values()), _titles(after.values())
    return _told(was, before, unlike=after), _told(became, after, unlike=before)


def _by_id(side: Kept | None) -> dict[int, Kept]:
    return {line["id"]: line for line in (side or {}).get("lines", ())}


def _titles(lines: Iterable[Kept]) -> str:
    return ", ".join(line["title"] for line in lines)


def _told(side: Kept | None, lines: Mapping[int, Kept], *, unlike: Mapping[int, Kept]) -> str:
    currency = (side or {}).get("currency", "")
    return "; ".join(_line(line, currency) for id, line in lines.items() if unlike.get(id) != line)


def _line(line: Kept, currency: str) -> str:
    """«Фильтр F7: 2 шт. × 1 220 ₽, скидка 10 %, НДС 22 %»."""
    number, price = words.number(Decimal(line["quantity"])), words.money(Decimal(line["price"]), currency)
    parts = [f"{number} {queries.unit_sign(line['unit'])} × {price}"]
    if off := Decimal(line["discount"]):
        said = words.percent(off) if line["discount_kind"] == sums.PERCENT else words.money(off, currency)
        parts.append(gettext("discount %(off)s") % {"off": said})
    if line["tax"] != sums.NO_TAX:
        form = gettext("VAT %(rate)s") if line["tax_included"] else gettext("VAT %(rate)s on top")
        parts.append(form % {"rate": words.percent(Decimal(line["tax"]))})
    return f"{line['title']}: {', '.join(parts)}"


def give_back(call: Call, record: Record, *, was: Kept, became: Kept) -> None:
    """Put the lines back as they were, unless somebody has changed them again since; what was removed comes anew."""
    there = queries.lines(record.ref)
    if kept(record, there)["lines"] != (became or {}).get("lines", []):
        raise rules.CHANGED_SINCE()
    known = {line.pk for line in there}
    given = [_given(line, known) for line in (was or {}).get("lines", ())]
    operations[f"{carriers[record.record_type].lines}.set"](call, record=record, lines=given)


def _given(line: Kept, known: set[int]) -> dict[str, Any]:
    """A line as the operation takes it; the product of one that is there stays by itself."""
    columns = {name: line[name] for name in COLUMNS}
    return {"id": line["id"], **columns} if line["id"] in known else {"product": line["product"], **columns}


def fill() -> None:
    """Tell the history of records how to read what is written here."""
    records.besides.add(NAME, records.Beside(_("Goods"), said, give_back))
