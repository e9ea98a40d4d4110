"""People under Bitrix24's names: `user.*`, `department.get`, `profile` (facts: reference of those methods)."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ConfigDict, Field

from potok.kit import wire
from potok.kit.calls import Call
from potok.kit.dialects import PAGE, Arguments, Page, method, page
from potok.people.models import Department, Membership, Person

USER: Mapping[str, str] = {
    "ID": "id", "NAME": "name", "LAST_NAME": "surname", "SECOND_NAME": "patronymic", "EMAIL": "email",
    "WORK_POSITION": "position", "TIME_ZONE": "zone", "ACTIVE": "is_active",
}  # fmt: skip
DEPARTMENT: Mapping[str, str] = {
    "ID": "id",
    "NAME": "name",
    "PARENT": "parent_id",
    "UF_HEAD": "head_id",
    "SORT": "sort_key",
}
LOOKUPS = {
    "equal": "", "in": "__in", "greater": "__gt", "at_least": "__gte", "less": "__lt", "at_most": "__lte",
    "contains": "__icontains",
}  # fmt: skip


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
    narrowed = _narrowed(Person.objects.all(), USER, dict(given.model_extra or {}) | given.FILTER)
    return _page(_ordered(narrowed, USER, given), start=given.start, shape=_users)


@method("department.get", scope="department")
def department_get(call: Call, given: DepartmentArguments) -> Page:
    """List departments by a filter."""
    narrowed = _narrowed(Department.objects.all(), DEPARTMENT, dict(given.model_extra or {}))
    return _page(_ordered(narrowed, DEPARTMENT, given), start=given.START, shape=_departments)


def _page(rows: Any, *, start: int, shape: Callable[[list[Any]], list[dict[str, Any]]]) -> Page:
    total = rows.count() if start >= 0 else 0
    piece = shape(list(rows[max(start, 0) :][:PAGE]))
    return page(piece, start=start, shown=len(piece), total=total)


def _ordered(rows: Any, names: Mapping[str, str], given: UserArguments | DepartmentArguments) -> Any:
    pairs = wire.read_order({given.sort: given.order} if isinstance(given.order, str) else given.order)
    return rows.order_by(*[("-" if down else "") + names[name] for name, down in pairs if name in names], "pk")


def _narrowed(rows: Any, names: Mapping[str, str], wanted: Mapping[str, Any]) -> Any:
    for term in wire.read_filter(wanted):
        rows = _kept(rows, names, term)
    return rows


def _kept(rows: Any, names: Mapping[str, str], term: wire.Term) -> Any:
    """Unknown fields and operators are ignored, as classic lists do."""
    name = names.get(term.field)
    if term.field == "UF_DEPARTMENT":
        return rows.filter(memberships__department__in=_list(term.value)).distinct()
    if name is None:
        return rows
    value = wire.is_yes(term.value) if name == "is_active" else term.value
    if term.operator in LOOKUPS:
        return rows.filter(**{name + LOOKUPS[term.operator]: value})
    if term.operator in ("not_equal", "not_in"):
        return rows.exclude(**{f"{name}__in": _list(value)})
    return rows


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


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
