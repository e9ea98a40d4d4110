"""Ask a REST method as the door does, without HTTP: what is refused comes as the code on the wire."""

from collections.abc import Mapping
from typing import Any

from potok.kit.dialects import WireError
from potok.people.public import Person
from potok.rest import calling, scopes
from potok.rest.models import WebHook


def ask(name: str, /, *, by: Person, **given: Any) -> Any:
    """Answer a method for somebody whose web-hook has all scopes."""
    return calling.call(WebHook(person=by, scopes=scopes.known()), name, given)


def refused(name: str, /, *, by: Person, **given: Any) -> str | int:
    """The code with which a method is refused to somebody; a method that answers fails the test."""
    try:
        answered = ask(name, by=by, **given)
    except WireError as error:
        return error.code
    raise AssertionError(f"{name} answered {answered}")


def ids(rows: Any) -> list[str]:
    """The ids of a page."""
    found = rows.result if hasattr(rows, "result") else rows
    found = next(iter(found.values())) if isinstance(found, Mapping) else found
    return [str(row.get("ID", row.get("id"))) for row in found]
