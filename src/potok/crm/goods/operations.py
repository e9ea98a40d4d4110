"""Every write to lines: the whole of them, or some. Each record type with lines has these two under its own name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from potok.crm.goods import queries, reading, rules, telling
from potok.crm.goods.carriers import Carrier, for_every_carrier
from potok.crm.goods.models import Line, Product
from potok.crm.goods.record import price_list as price_lists
from potok.crm.goods.record import product as products
from potok.engine.values import Money
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import touch
from potok.kit.operations import Operation, operations
from potok.records import public as records
from potok.records.public import Record, fields, guards

PRODUCT = fields.Link("product", products.titles[0], to=products.name)
PRICE_LIST = fields.Link("price_list", price_lists.titles[0], to=price_lists.name)
KEPT = ["place", "product", *reading.COLUMNS]
Given = Mapping[str, Any]


def declare(carrier: Carrier) -> None:
    """Make the operations of a record type with lines and register them under its name."""

    def set_(call: Call, *, record: Record, lines: Sequence[Given]) -> list[Line]:
        held = _locked(call, carrier, record)
        return _keep(call, carrier, held, [_line(call, held, given) for given in lines])

    def change(call: Call, *, record: Record, lines: Sequence[Given] = (), remove: Sequence[int] = ()) -> list[Line]:
        held = _locked(call, carrier, record)
        changed = [_line(call, held, given) for given in lines]
        if set(remove) - held.lines.keys():
            raise rules.NOT_THERE()
        kept = [line for id, line in held.lines.items() if id not in remove]
        return _keep(call, carrier, held, [*kept, *(line for line in changed if line.pk is None)])

    def order(call: Call, *, record: Record, lines: Sequence[int]) -> list[Line]:
        held = _locked(call, carrier, record)
        if set(lines) - held.lines.keys():
            raise rules.NOT_THERE()
        named = dict.fromkeys([*lines, *held.lines])
        return _keep(call, carrier, held, [held.lines[id] for id in named])

    def make(verb: str, one: Any, title: str) -> None:
        name = f"{carrier.lines}.{verb}"
        operations.add(name, Operation(name, carrier.record_type.may("edit"), one, None, "record", title))

    make("set", set_, "Replace all lines of a record; those given with their id are kept and changed.")
    make("order", order, "Put the lines of a record, named by their ids, first and in this order.")
    make("change", change, "Change some lines of a record by their id, add those without one, remove others.")


for_every_carrier(declare)


def follow(call: Call, carrier: Carrier, record: Any, lines: Sequence[Line], *, had_lines: bool = True) -> None:
    """Let the amount of a record be what its lines come to, unless a person has typed it."""
    amount, total = getattr(record, carrier.amount), queries.total(lines).total
    if amount == total or not (lines or had_lines):
        return
    typed = bool(carrier.by_hand) and rules.is_typed_by_hand(before_lines=amount, had_lines=had_lines)
    if typed:
        records.fill(call, record=record, values={carrier.by_hand: True})
    elif not (carrier.by_hand and getattr(record, carrier.by_hand)):
        records.fill(call, record=record, values={carrier.amount: Money(total, record.currency)})


@dataclass(frozen=True)
class Held:
    """A locked record, its lines by their ids, and how history would tell of them before anything is done."""

    row: Any
    lines: dict[int, Line]
    was: telling.Kept


def _locked(call: Call, carrier: Carrier, record: Record) -> Held:
    """The record and its lines as they are now. The record is locked, so that two changes go one after the other."""
    model: Any = carrier.record_type.model
    row = model.objects.select_for_update(no_key=True).filter(pk=record.pk).first()
    if row is None:
        raise MISSING(id=record.pk)
    if row.removed_at is not None:
        raise rules.IN_TRASH(title=row.title)
    asked = None if call.by is None else guards.Act(call.by, row.ref, "edit")
    [shut] = guards.judge([asked])
    if refused := shut or carrier.closed(row):
        raise refused
    there = queries.lines(row.ref)
    return Held(row, {line.pk: line for line in there}, telling.kept(row, there))


def _line(call: Call, held: Held, given: Given) -> Line:
    record = held.row
    line = (
        _named(held.lines, given["id"])
        if given.get("id")
        else Line(record_type=record.record_type, record_id=record.pk)
    )
    named: Any = PRODUCT.read(given.get("product"))
    if named is None:
        return reading.apply(line, given)
    product: Any = records.find(products, named.id, by=call.by)
    taken = {} if line.pk and line.product_id == product.pk else _taken_over(call, record, product, given)
    line.product = product
    return reading.apply(line, {**taken, **given})


def _named(known: Mapping[int, Line], id: Any) -> Line:
    text = str(id)
    if not text.isdecimal() or int(text) not in known:
        raise rules.NOT_THERE()
    return known[int(text)]


def _taken_over(call: Call, record: Any, product: Product, given: Given) -> dict[str, Any]:
    """What a line takes over from its product, as far as it says nothing else."""
    taken = {
        "title": product.title,
        "unit": product.unit,
        "tax": product.tax,
        "tax_included": product.tax_included is not False,
    }
    if "price" in given:
        return taken
    listed: Any = PRICE_LIST.read(given.get("price_list"))
    if listed is not None:
        # Whoever may not see a price list does not read its prices off a line either.
        records.find(price_lists, listed.id, by=call.by)
    on, number = timezone.localdate(call.at), getattr(listed, "id", None)
    return {**taken, "price": queries.price(product, currency=record.currency, on=on, price_list=number)}


def _keep(call: Call, carrier: Carrier, held: Held, wanted: list[Line]) -> list[Line]:
    record, known = held.row, held.lines
    if len(wanted) > rules.LINES_MAX:
        raise rules.TOO_MANY(max=rules.LINES_MAX)
    for place, line in enumerate(wanted):
        line.place = place
    Line.objects.filter(pk__in=known.keys() - {line.pk for line in wanted}).delete()
    Line.objects.bulk_update([line for line in wanted if line.pk], KEPT)
    Line.objects.bulk_create([line for line in wanted if not line.pk])
    records.remember(call, record=record, name=telling.NAME, was=held.was, became=telling.kept(record, wanted))
    follow(call, carrier, record, wanted, had_lines=bool(known))
    touch(record.record_type, record.pk)
    return wanted
