"""What every screen of records shares: the record type that the address names, and one look at the catalogue."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from potok.kit import viewing
from potok.records import catalogue
from potok.records.record_types import DESIGNED_PATH, RecordType, record_types

View = Callable[..., HttpResponse]


def screen(view: View) -> View:
    """Ask for the stamp of the catalogue once in a request, and show what the person may know of."""

    @wraps(view)
    def drawn(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        with viewing.shown_to(request.user.pk), catalogue.remembered():
            return view(request, *given, **named)

    return drawn


class PathOfType:
    """In an address: the path of a record type, `deals`; the view is given the type itself.

    Django reads the pattern once; types that a customer designs later lie under paths that begin alike.
    """

    @property
    def regex(self) -> str:
        declared = [one.path for one in record_types.all().values() if not one.is_designed]
        return "|".join([*declared, rf"{DESIGNED_PATH}[a-z0-9-]+"])

    def to_python(self, path: str) -> RecordType:
        found = record_types.at(path)
        if found is None:
            raise ValueError(path)
        return found

    def to_url(self, value: RecordType | str) -> str:
        return value if isinstance(value, str) else value.path
