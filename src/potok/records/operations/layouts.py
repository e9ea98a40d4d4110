"""How a record type is laid out: the columns of its list and the groups of its card."""

from collections.abc import Mapping, Sequence
from typing import Any

from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.records import catalogue, queries
from potok.records.models import Layout
from potok.records.operations.pipelines import SETTINGS


@operation("records.layout.set", needs=SETTINGS)
def lay_out(
    call: Call, *, record_type: str, columns: Sequence[str] = (), card: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Lay a type out; `card` are groups `{title, fields}`. Nothing given brings back what was declared."""
    of = queries.type_named(record_type)
    known = catalogue.whole()
    for name in [*columns, *(name for group in card for name in group["fields"])]:
        known.field(of, name)
    groups = [{"title": str(one["title"]).strip(), "fields": list(one["fields"])} for one in card if one["fields"]]
    if columns or groups:
        given = {"columns": list(columns), "card": groups}
        Layout.objects.update_or_create(record_type=record_type, defaults=given)
    else:
        Layout.objects.filter(record_type=record_type).delete()
    catalogue.changed()
