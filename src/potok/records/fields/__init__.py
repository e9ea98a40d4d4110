"""Kinds of fields, one file each; see `field.py` for what a kind is."""

from django.utils.translation import gettext_lazy as _

from potok.records.fields.choice import Choice
from potok.records.fields.contact import Email, Line, Phone, Url, phone
from potok.records.fields.dictionary import FromDictionary
from potok.records.fields.field import Field, Unreadable, kinds
from potok.records.fields.money import MoneyField
from potok.records.fields.number import Number
from potok.records.fields.numbered import Numbered
from potok.records.fields.observers import Observers
from potok.records.fields.reference import File, Link, Person
from potok.records.fields.stage import PipelineField, StageField
from potok.records.fields.tags import Tags
from potok.records.fields.text import Text
from potok.records.fields.when import Date, Moment
from potok.records.fields.yes_no import YesNo


def marks() -> list[Field]:
    """The fields of what is `Marked`: who observes a record, and its tags."""
    return [Observers("observers", _("Observers")), Tags("tags", _("Tags"), search=30)]


__all__ = [
    "Choice", "Date", "Email", "Field", "File", "FromDictionary", "Line", "Link", "Moment", "MoneyField", "Number",
    "Numbered", "Observers", "Person", "Phone", "PipelineField", "StageField", "Tags", "Text", "Unreadable", "Url",
    "YesNo", "kinds", "marks", "phone",
]  # fmt: skip
