"""Reading a line: from the tab of a card, from REST, from a process; numbers as people write them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from potok.crm.goods import rules
from potok.crm.goods.models import Line
from potok.crm.goods.record import TAXES, product
from potok.crm.goods.sums import PERCENT, SUM
from potok.records import public as records
from potok.records.public import fields

FIELDS: Mapping[str, fields.Field] = {
    field.name: field
    for field in (
        fields.Text("title", _("Item")),
        fields.Number("quantity", _("Quantity"), default=1),
        fields.Number("price", _("Price"), default=0),
        fields.Number("discount", _("Discount"), default=0),
        fields.Choice("discount_kind", _("Discount"), options=((PERCENT, "%"), (SUM, _("Sum"))), default=PERCENT),
        fields.Choice("tax", _("VAT"), options=TAXES, default="none"),
        fields.YesNo("tax_included", _("VAT is in the price"), default=True),
    )
}
UNIT = "unit"
COLUMNS = (*FIELDS, UNIT)
PLACES = Decimal("0.0001")
# What is emptied by hand becomes this again; a name has nothing to fall back on.
NUMBERS = ("quantity", "price", "discount")


def apply(line: Line, given: Mapping[str, Any]) -> Line:
    """Put what is given into a line, the rest stays; refuse what makes no sense, naming its column."""
    for name in [name for name in COLUMNS if name in given]:
        field = field_of(name)
        value = field.read(given[name])
        if value is None:
            value = "" if name == "title" else field.read(field.default)
        setattr(line, name, _exact(value) if name in NUMBERS else value)
    rules.check_line(line.title, line.counted)
    return line


def field_of(name: str) -> fields.Field:
    """How a column is read; which units there are, administrators say."""
    return records.current().field(product, UNIT) if name == UNIT else FIELDS[name]


def _exact(value: Any) -> Decimal:
    return Decimal(value).quantize(PLACES)
