"""What views read out of requests: who asks, and things named by their ids."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from potok.kit.errors import MISSING
from potok.people.models import Department, Group, Person

M = TypeVar("M", bound=Model)


def me(request: HttpRequest) -> Person:
    """The person who asks; the door has made sure that there is one."""
    assert isinstance(request.user, Person)
    return request.user


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
    return _one(Person, text)


def department_or_none(text: str | None) -> Department | None:
    """Fetch the department that a form names; nothing there is none."""
    return _one(Department, text)


def group_or_none(text: str | None) -> Group | None:
    """Fetch the group that a form names; nothing there is none."""
    return _one(Group, text)


def _one(model: type[M], text: str | None) -> M | None:
    if not text:
        return None
    found = QuerySet(model).filter(pk=number(text)).first()
    if found is None:
        raise MISSING(id=text)
    return found
