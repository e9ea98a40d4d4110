"""What functions in formulas ask about the world: when people work, their clocks, addresses of pages and files."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from potok.engine.run import Ask, CalendarOf, FieldOf, Unknown
from potok.engine.time import WorkingTime
from potok.engine.values import FileRef, PersonRef, RecordRef
from potok.processes import outside

# What a formula calls these people of the record: `> author`, `> responsible`.
FIELDS = {"author": "created_by", "responsible": "responsible"}


class Around:
    """Answers `expr.Outside` by asking whoever has looked things up, or says that they are not loaded."""

    def __init__(self, look: Callable[[Ask], Any], *, record: RecordRef | None) -> None:
        self.look, self.record = look, record

    def working_time(self, person: PersonRef | None) -> WorkingTime:
        found: WorkingTime = self.look(CalendarOf(person))
        return found

    def zone(self, whose: PersonRef | str) -> str:
        person = whose if isinstance(whose, PersonRef) else self._field(FIELDS[whose])
        found = self.look(FieldOf(person, "zone")) if isinstance(person, PersonRef) else ""
        return found or str(settings.COMPANY_ZONE)

    def page(self) -> str:
        url = outside.url_of(self.record)
        return f"{settings.PUBLIC_URL}{url}" if url else ""

    def title(self) -> str:
        return str(self._field(outside.SHOWN) or "")

    def host(self) -> str:
        return urlsplit(settings.PUBLIC_URL).hostname or ""

    def file(self, file: FileRef) -> str:
        return f"{settings.PUBLIC_URL}/files/{file.id}"

    def _field(self, name: str) -> Any:
        if self.record is None:
            raise Unknown("processes.no_record", name=name)
        return self.look(FieldOf(self.record, name))
