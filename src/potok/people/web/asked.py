"""What views read out of requests: who asks, and things named by their ids."""

from django.http import HttpRequest

from potok.kit.errors import MISSING
from potok.people import access, gate, queries
from potok.people.models import Department, Group, Person


def me(request: HttpRequest) -> Person:
    """The person who asks; the door has made sure that there is one."""
    assert isinstance(request.user, Person)
    return request.user


def needs(request: HttpRequest, permission: str) -> None:
    """Refuse a form at once to somebody whose answer would be refused."""
    if not access.may(me(request).pk, permission=permission):
        raise gate.refused(permission)


def number(text: str | None) -> int:
    """Read an id out of a form, or refuse with `kit.missing`."""
    if not text or not text.isdecimal():
        raise MISSING(id=text or 0)
    return int(text)


def departments(texts: list[str]) -> list[Department]:
    """Fetch the departments that a form names, or refuse if one is not there."""
    wanted = {number(text) for text in texts if text}
    found = list(Department.objects.filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise MISSING(id=min(wanted - {one.pk for one in found}))
    return found


def person_or_nobody(text: str | None) -> Person | None:
    """Fetch the person that a form names; nothing there is nobody."""
    return queries.person(number(text)) if text else None


def department_or_none(text: str | None) -> Department | None:
    """Fetch the department that a form names; nothing there is none."""
    return queries.department(number(text)) if text else None


def group_or_none(text: str | None) -> Group | None:
    """Fetch the group that a form names; nothing there is none."""
    return queries.group(number(text)) if text else None
