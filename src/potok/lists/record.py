"""Designs as record types. They are read whenever the catalogue is, so a new one needs no restart anywhere."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from potok.lists import rules
from potok.lists.models import Design, Item
from potok.records.public import DESIGNED_PATH, CustomField, RecordType, record_types

HOME = "lists"
COLUMNS_MAX = 4


def designed() -> Iterator[RecordType]:
    """All types that are not archived, with the columns and the card that their fields suggest."""
    fields: dict[str, list[str]] = defaultdict(list)
    for row in CustomField.objects.filter(record_type__startswith=f"{HOME}.", hidden=False):
        fields[row.record_type].append(row.name)
    for design in Design.objects.filter(archived_at=None):
        yield record_type(design, fields[design.name])


def record_type(design: Design, fields: Sequence[str] = ()) -> RecordType:
    """One design as a record type."""
    stage = ["stage"] if design.pipeline else []
    return RecordType(
        name=design.name,
        model=Item,
        titles=(design.singular, design.plural),
        icon=design.icon,
        path=f"{DESIGNED_PATH}{rules.path_of(design.code)}",
        fields=[],
        pipeline=design.pipeline,
        columns=["title", *stage, *fields[:COLUMNS_MAX], "responsible"],
        card=[(_("About it"), [*fields, "responsible"])],
        scope={"record_type": design.name},
    )


record_types.designed_by(HOME, designed)
