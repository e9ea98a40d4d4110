"""Questions about people that other parts and blocks may ask."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from potok.engine.time import WorkingTime
from potok.kit.errors import MISSING
from potok.kit.queries import query
from potok.people import codes, structure, working
from potok.people.models import Absence, Department, Group, Membership, Person, Role
from potok.people.rules import folded


def _head_of_all(asked: Sequence[Mapping[str, Any]]) -> list[int | None]:
    heads = structure.heads_of(given["person"] for given in asked)
    return [heads.get(given["person"]) for given in asked]


@query("people.head_of", all=_head_of_all)
def head_of(*, person: int) -> int | None:
    """Name the head of a person: of his department, or of the one above if he is the head himself."""


@query("people.subordinates")
def subordinates(*, head: int, deep: bool = True) -> list[int]:
    """List who works under a head: everybody below, or only his own department and the heads right under him."""
    return sorted(structure.under(head, deep=deep))


@query("people.heads")
def heads() -> list[int]:
    """List everybody who heads a department."""
    active = Person.objects.filter(is_active=True, pk__in=Department.objects.values("head"))
    return list(active.order_by("sort_key", "pk").values_list("pk", flat=True))


@query("people.members")
def members(*, department: int, deep: bool = True) -> list[int]:
    """List the active people of a department, with all departments under it or without."""
    return codes.expand([f"group_dr{department}" if deep else f"group_d{department}"])


def _resolve_all(asked: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [*codes.expand_all([given["whom"] for given in asked])]


@query("people.resolve", all=_resolve_all)
def resolve(*, whom: Sequence[str | int]) -> list[int]:  # type: ignore[empty-body]
    """Turn codes of people into the ids of active persons: see `potok.people.codes` for what may stand there."""


def _working_time_all(asked: Sequence[Mapping[str, Any]]) -> list[WorkingTime]:
    return working.of((given.get("department"), given.get("person")) for given in asked)


@query("people.working_time", all=_working_time_all)
def working_time(*, person: int | None = None, department: int | None = None) -> WorkingTime:  # type: ignore[empty-body]
    """Tell when a person works, or people of a department, or the company if neither is named; absences included."""


@query("people.absent")
def absent(*, persons: Sequence[int], at: datetime) -> list[int]:
    """List those of the persons who are away at a moment."""
    away = Absence.objects.approved().filter(person__in=persons, begins_at__lte=at, ends_at__gt=at)
    return sorted(set(away.values_list("person", flat=True)))


def person(id: int) -> Person:
    """Fetch a person, or refuse with `kit.missing`."""
    found = Person.objects.filter(pk=id).first()
    if found is None:
        raise MISSING(id=id)
    return found


def department(id: int) -> Department:
    """Fetch a department, or refuse with `kit.missing`."""
    found = Department.objects.filter(pk=id).select_related("head").first()
    if found is None:
        raise MISSING(id=id)
    return found


def group(id: int) -> Group:
    """Fetch a group, or refuse with `kit.missing`."""
    found = Group.objects.filter(pk=id).first()
    if found is None:
        raise MISSING(id=id)
    return found


def role(id: int) -> Role:
    """Fetch a role, or refuse with `kit.missing`."""
    found = Role.objects.filter(pk=id).first()
    if found is None:
        raise MISSING(id=id)
    return found


def by_id(ids: Iterable[int]) -> dict[int, Person]:
    """Fetch persons by id in one question; who is not there is left out."""
    return Person.objects.in_bulk(list(set(ids)))


def names(ids: Iterable[int]) -> dict[int, str]:
    """Name persons by id in one question, «Анна Соколова»."""
    return {key: str(found) for key, found in by_id(ids).items()}


def active() -> QuerySet[Person]:
    """Everybody who may come in, in the order of a list."""
    return Person.objects.filter(is_active=True).order_by("sort_key", "pk")


def found(text: str, *, among: Iterable[int] | None = None) -> QuerySet[Person]:
    """Find active people by the beginnings of name, surname or department, in any order, ё as е."""
    people = active() if among is None else active().filter(pk__in=list(among))
    for word in folded(text).split():
        people = people.filter(_begins(word))
    return people


def _begins(word: str) -> Q:
    departments = Department.objects.filter(Q(sort_key__startswith=word) | Q(sort_key__contains=f" {word}"))
    inside = Membership.objects.filter(department__in=departments).values("person")
    return (
        Q(sort_key__startswith=word) | Q(sort_key__contains=f" {word}") | Q(email__startswith=word) | Q(pk__in=inside)
    )


def by_email(email: str) -> Person:
    """Fetch a person by his login, or refuse with `kit.missing`."""
    found = Person.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise MISSING(id=email)
    return found
