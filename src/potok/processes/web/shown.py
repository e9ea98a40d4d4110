"""Fields of a record and their values as people read them: titles, the words of lists, names."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from potok.engine import values
from potok.engine.values import PersonRef, RecordRef, Value
from potok.people import public as people
from potok.processes import outside
from potok.ui import words

# What conditions say most often, in words; the rest stays a formula.
FILLED, EMPTY = re.compile(r"not\(empty\(([^()]+)\)\)"), re.compile(r"empty\(([^()]+)\)")
LITERAL = re.compile(r'"((?:[^"]|"")*)"')


class Shown:
    """The fields of one record type, for one reader."""

    def __init__(self, record_type: str, *, reader: int | None) -> None:
        self.fields: Mapping[str, Any] = outside.shown(record_type)
        self.reader = reader
        self._names: dict[PersonRef | RecordRef, str] = {}

    def title(self, field: str) -> str:
        """How a field is called."""
        return str(self.fields[field].title) if field in self.fields else field

    def value(self, field: str, value: Value) -> str:
        """How a value of a field reads, in quotation marks unless it is empty."""
        return words.quoted(self.plain(field, value)) if not values.is_empty(value) else _("empty")

    def plain(self, field: str, value: Value) -> str:
        """The same without the marks."""
        if isinstance(value, tuple):
            return ", ".join(self.plain(field, item) for item in value)
        options = dict(getattr(self.fields.get(field), "options", None) or ())
        if isinstance(value, str) and value in options:
            return str(options[value])
        if isinstance(value, PersonRef | RecordRef):
            return self._named(value)
        return _shown(value)

    def formula(self, text: str, references: Iterable[str]) -> str:
        """A condition with the titles of fields in the place of their names."""
        for reference in references:
            source, _colon, path = reference.removeprefix("{=").removesuffix("}").partition(":")
            first, *rest = path.split(".")
            title = self.title(first) if source in ("Document", "Before") else path
            said = _("%(field)s before") % {"field": title} if source == "Before" else title
            text = text.replace(reference, words.quoted(" → ".join([said, *rest])))
        text = LITERAL.sub(lambda found: words.quoted(found[1].replace('""', '"')), text)
        for form, said in ((FILLED, _("%(field)s is filled in")), (EMPTY, _("%(field)s is empty"))):
            if found := form.fullmatch(text):
                return said % {"field": found[1]}
        return text

    def _named(self, ref: PersonRef | RecordRef) -> str:
        if ref not in self._names:
            if isinstance(ref, PersonRef):
                self._names[ref] = people.names([ref.id]).get(ref.id, "")
            else:
                self._names[ref] = outside.titles([ref], by=self.reader).get(ref, "")
        return self._names[ref] or str(ref.id)


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, values.Money):
        return words.money(value.amount, value.currency)
    if isinstance(value, str):
        return outside.phone(value) if value.startswith("+") else value
    return values.show(value, zone=ZoneInfo(str(timezone.get_current_timezone())))
