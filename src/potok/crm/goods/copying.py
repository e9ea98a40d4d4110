"""Taking the lines of one record over into another: from a deal into its invoice."""

from decimal import Decimal

from potok.crm.goods import operations, queries, telling
from potok.crm.goods.carriers import carriers
from potok.crm.goods.models import Line
from potok.crm.goods.reading import COLUMNS
from potok.kit.calls import Call
from potok.records.public import Record, remember


def copy_lines(call: Call, *, given: Record, to: Record) -> list[Line]:
    """Put copies of all lines behind those that are there; what follows from a permitted act asks for no right."""
    there = queries.lines(to.ref)
    copied = [_copy(line, to) for line in queries.lines(given.ref)]
    if not copied:
        return there
    for place, line in enumerate(copied, len(there)):
        line.place = place
    was = telling.kept(to, there)
    made = [*there, *Line.objects.bulk_create(copied)]
    remember(call, record=to, name=telling.NAME, was=was, became=telling.kept(to, made))
    operations.follow(call, carriers[to.record_type], to, made, had_lines=bool(there))
    return made


def _copy(line: Line, to: Record) -> Line:
    values = {name: getattr(line, name) for name in COLUMNS}
    return Line(record_type=to.record_type, record_id=to.pk, product_id=line.product_id, **values)


def add_line(call: Call, *, to: Record, title: str, price: Decimal) -> list[Line]:
    """Put one line of one piece behind those that are there, named and priced as given."""
    there = queries.lines(to.ref)
    line = Line(record_type=to.record_type, record_id=to.pk, place=len(there), title=title, price=price)
    line.save()
    became = telling.kept(to, [*there, line])
    remember(call, record=to, name=telling.NAME, was=telling.kept(to, there), became=became)
    operations.follow(call, carriers[to.record_type], to, [*there, line], had_lines=bool(there))
    return [*there, line]
