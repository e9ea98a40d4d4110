"""What every screen of records shares: the record type that the address names, and one look at the catalogue."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from potok.records import catalogue
from potok.records.record_types import RecordType, record_types

View = Callable[..., HttpResponse]


def screen(view: View) -> View:
    """Ask for the stamp of the catalogue once in a request."""

    @wraps(view)
    def drawn(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        with catalogue.remembered():
            return view(request, *given, **named)

    return drawn


class PathOfType:
    """In an address: the path of a record type, `deals`; the view is given the type itself."""

    @property
    def regex(self) -> str:
        return "|".join(one.path for one in record_types.all().values())

    def to_python(self, path: str) -> RecordType:
        return next(one for one in record_types.all().values() if one.path == path)

    def to_url(self, value: RecordType | str) -> str:
        return value if isinstance(value, str) else value.path
