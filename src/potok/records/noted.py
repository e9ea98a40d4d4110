"""What every record notes of itself: when and by whom it was made and changed; to be read and asked for, not typed."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from potok.records import catalogue
from potok.records.fields import Field, Moment, Person
from potok.records.record_types import RecordType

NOTED: Mapping[str, Field] = {
    one.name: one
    for one in (
        Moment("created_at", _("When created"), read_only=True),
        Person("created_by", _("Created by"), read_only=True),
        Moment("changed_at", _("When changed"), read_only=True),
        Person("changed_by", _("Changed by"), read_only=True),
    )
}


def fields(of: RecordType) -> dict[str, Field]:
    """All that a list can show and a filter can ask for: the fields of the type, then what is noted."""
    return {**catalogue.current().of(of), **{name: one for name, one in NOTED.items() if name not in of.declared()}}


def field(of: RecordType, name: str) -> Field:
    """One of them, or a refusal that names those there are."""
    return fields(of).get(name) or catalogue.current().field(of, name)
