"""Numbers of papers: by a template, for each of our entities and each year from one on, without a gap."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from potok.crm.sales import rules
from potok.crm.sales.models import Numbering
from potok.kit import sets
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.kit.permissions import permission

SETTINGS = permission("crm.sales.settings", _("Change how papers are numbered and where a paid deal goes"))
USUAL = "{n}"
NUMBERED = ("crm.invoice", "crm.quote", "crm.order", "crm.delivery_note", "crm.contract")
# The row stays locked until the commit: who comes next waits, and what is undone gives its number back.
TAKE = """INSERT INTO sales_counter (record_type, entity, year, last) VALUES (%b, %b, %b, 1)
          ON CONFLICT ON CONSTRAINT sales_counter_once DO UPDATE SET last = sales_counter.last + 1 RETURNING last"""


def template(record_type: str) -> str:
    """How the numbers of a record type read."""
    known = Numbering.objects.filter(record_type=record_type).values_list("template", flat=True).first()
    return known or USUAL


def take(record_type: str, *, entity: int | None, on: date) -> str:
    """Take the next number."""
    [(last,)] = sets.execute(TAKE, (), record_type, entity or 0, on.year).fetchall()
    return rules.write_number(template(record_type), last, on)


@operation("crm.numbering.choose", needs=SETTINGS)
def choose(call: Call, *, record_type: str, template: str) -> None:
    """Say how the numbers of a record type read from now on; those that are given stay."""
    written = rules.check_template(template)
    if record_type not in NUMBERED:
        raise rules.WRONG_TEMPLATE(place="record_type")
    Numbering.objects.update_or_create(record_type=record_type, defaults={"template": written})
