"""Whom a definition names: people, departments, groups and access roles, found by what was typed, called by name."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from potok.kit.errors import FORBIDDEN
from potok.kit.keyboard import other_layout
from potok.people import public as people
from potok.people.public import Department, Group, Person, Role
from potok.processes.permissions import EDIT
from potok.ui.shapes import Option

CODE = re.compile(r"\b(user|group_u|group_d|group_dr|group_g|role|head_of|subordinates_of)_?(\d{1,18})\b")
PEOPLE_MAX, OTHERS_MAX = 12, 8


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Answer the options of a picker for `q`, each with the code that a definition writes."""
    if not people.may(request.user.pk, permission=EDIT):
        raise FORBIDDEN(permission=_("Write and publish process definitions"))
    typed = request.GET.get("q", "").strip()
    found = _found(typed) or _found(other_layout(typed))
    return render(request, "processes/_whom.html", {"options": found})


def names_in(text: str) -> dict[str, str]:
    """How those are called whose codes stand in a text."""
    codes = {match[0]: (match[1], int(match[2])) for match in CODE.finditer(text)}
    wanted: dict[str, set[int]] = {kind: set() for kind in {kind for kind, _id in codes.values()}}
    for kind, number in codes.values():
        wanted[kind].add(number)
    named = {kind: _NAMED[kind](numbers) for kind, numbers in wanted.items()}
    return {code: named[kind][number] for code, (kind, number) in codes.items() if number in named[kind]}


def _found(typed: str) -> list[Option]:
    persons = [Option(f"user_{one.pk}", str(one), note=one.position, face=one) for one in _people(typed)]
    many = [
        *_departments(typed),
        *_named(Group, "group_g", _("Group"), typed),
        *_named(Role, "role_", _("Role"), typed),
    ]
    return [*many[:OTHERS_MAX], *persons] if typed else [*persons, *many[:OTHERS_MAX]]


def _people(typed: str) -> Sequence[Person]:
    return list(people.found(typed)[:PEOPLE_MAX])


def _departments(typed: str) -> Iterable[Option]:
    parents = set(Department.objects.exclude(parent=None).values_list("parent", flat=True))
    for one in Department.objects.order_by("path"):
        if not _fits(one.name, typed):
            continue
        yield Option(f"group_dr{one.pk}", one.name, note=_("Department"), icon="users-round")
        if one.pk in parents:
            yield Option(f"group_d{one.pk}", one.name, note=_("Department without those below it"), icon="users-round")


def _named(model: Any, code: str, note: str, typed: str) -> Iterable[Option]:
    for one in model.objects.order_by("name"):
        if _fits(one.name, typed):
            yield Option(f"{code}{one.pk}", one.name, note=note, icon="users-round")


def _fits(name: str, typed: str) -> bool:
    """Whether every word that was typed begins a word of the name."""
    words = people.folded(name).split()
    return all(any(word.startswith(part) for word in words) for part in people.folded(typed).split())


def _by_name(model: Any) -> Callable[[set[int]], dict[int, str]]:
    return lambda ids: dict(model.objects.filter(pk__in=ids).values_list("pk", "name"))


def _of_person(sentence: Callable[[str], str]) -> Callable[[set[int]], dict[int, str]]:
    return lambda ids: {pk: sentence(name) for pk, name in people.names(sorted(ids)).items()}


_NAMED: dict[str, Callable[[set[int]], dict[int, str]]] = {
    "user": _of_person(str),
    "group_u": _of_person(str),
    "group_d": _by_name(Department),
    "group_dr": _by_name(Department),
    "group_g": _by_name(Group),
    "role": _by_name(Role),
    "head_of": _of_person(lambda name: _("head: %(name)s") % {"name": name}),
    "subordinates_of": _of_person(lambda name: _("works under: %(name)s") % {"name": name}),
}
