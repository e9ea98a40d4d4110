"""People under Bitrix24's names: `user.*`, `department.get`, `profile` (facts: reference of those methods)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from pydantic import ConfigDict, Field

from potok.kit import lists, wire
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, method, page
from potok.kit.lists import Column
from potok.people.models import Department, Membership, Person


def _in_departments(ids: list[int]) -> Q:
    return Q(pk__in=Membership.objects.filter(department__in=ids).values("person"))


USER: Mapping[str, Column] = {
    "ID": lists.number("pk"),
    "NAME": lists.text("name"),
    "LAST_NAME": lists.text("surname"),
    "SECOND_NAME": lists.text("patronymic"),
    "EMAIL": lists.text("email"),
    "WORK_POSITION": lists.text("position"),
    "TIME_ZONE": lists.text("zone"),
    "ACTIVE": Column("is_active", wire.is_yes),
    "UF_DEPARTMENT": Column("pk", int, matches=_in_departments),
}
DEPARTMENT: Mapping[str, Column] = {
    "ID": lists.number("pk"),
    "NAME": lists.text("name"),
    "PARENT": lists.number("parent_id"),
    "UF_HEAD": lists.number("head_id"),
    "SORT": lists.text("sort_key"),
}


class Nothing(Arguments):
    """No arguments."""


class UserArguments(Arguments):
    """Filter fields may stand in `FILTER` or beside it."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)
    FILTER: dict[str, Any] = Field(default_factory=dict)
    sort: str = "ID"
    order: str | dict[str, str] = "ASC"
    start: int = 0


class DepartmentArguments(Arguments):
    """Filter fields stand beside the others."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)
    sort: str = "ID"
    order: str | dict[str, str] = "ASC"
    START: int = 0


@method("profile", scope="basic")
def profile(call: Call, given: Nothing) -> dict[str, Any]:
    """Who is calling."""
    person = Person.objects.get(pk=call.author or 0)
    return {
        "ID": str(person.pk),
        "ADMIN": person.is_administrator,
        "NAME": person.name,
        "LAST_NAME": person.surname,
        "PERSONAL_GENDER": "",
        "TIME_ZONE": person.zone,
        "PERSONAL_PHOTO": person.photo,
    }


@method("user.current", scope="user")
def user_current(call: Call, given: Nothing) -> dict[str, Any]:
    """Who is calling, in full."""
    return _users([Person.objects.get(pk=call.author or 0)])[0]


@method("user.get", scope="user")
def user_get(call: Call, given: UserArguments) -> Page:
    """List people by a filter."""
    wanted = dict(given.model_extra or {}) | given.FILTER
    found, total = lists.piece(
        Person.objects.all(), USER, filter=wanted, order=_order(given.sort, given.order), start=given.start
    )
    return page(_users(found), start=given.start, shown=len(found), total=total)


@method("department.get", scope="department")
def department_get(call: Call, given: DepartmentArguments) -> Page:
    """List departments by a filter."""
    wanted, order = given.model_extra or {}, _order(given.sort, given.order)
    found, total = lists.piece(Department.objects.all(), DEPARTMENT, filter=wanted, order=order, start=given.START)
    return page(_departments(found), start=given.START, shown=len(found), total=total)


def _order(sort: str, order: str | dict[str, str]) -> dict[str, str]:
    """Both methods take a field and a way, and clients send a map all the same."""
    return {sort: order} if isinstance(order, str) else order


def _users(people: list[Person]) -> list[dict[str, Any]]:
    places: dict[int, list[int]] = {}
    for person, department in Membership.objects.filter(person__in=people).values_list("person_id", "department_id"):
        places.setdefault(person, []).append(department)
    return [_user(person, sorted(places.get(person.pk, []))) for person in people]


def _user(person: Person, departments: list[int]) -> dict[str, Any]:
    return {
        "ID": str(person.pk),
        "ACTIVE": person.is_active,
        "NAME": person.name,
        "LAST_NAME": person.surname,
        "SECOND_NAME": person.patronymic,
        "EMAIL": person.email,
        "TIME_ZONE": person.zone,
        "WORK_POSITION": person.position,
        "PERSONAL_PHOTO": person.photo,
        "DATE_REGISTER": person.joined_at.isoformat(timespec="seconds"),
        "UF_DEPARTMENT": departments,
        "USER_TYPE": "extranet" if person.is_external else "employee",
    }


def _departments(rows: list[Department]) -> list[dict[str, Any]]:
    return [_department(row, place) for place, row in enumerate(rows)]


def _department(row: Department, place: int) -> dict[str, Any]:
    shown = {"ID": str(row.pk), "NAME": row.name, "SORT": (place + 1) * 100}
    if row.parent_id:
        shown["PARENT"] = str(row.parent_id)
    if row.head_id:
        shown["UF_HEAD"] = str(row.head_id)
    return shown
