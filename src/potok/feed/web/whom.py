"""To whom a post goes: everybody, departments, groups and people, found by what was typed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from potok.feed import audiences, rules
from potok.kit.keyboard import other_layout
from potok.people import public as people
from potok.people.public import Department, Group
from potok.ui.shapes import Option

PEOPLE_MAX, OTHERS_MAX = 12, 8


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Answer the options of a picker for `q`, each with the code of the audience."""
    typed = request.GET.get("q", "").strip()
    return render(request, "feed/_whom.html", {"options": _found(typed) or _found(other_layout(typed))})


def chosen(codes: Iterable[str]) -> list[Option]:
    """These codes as a picker shows what was chosen."""
    return [Option(one.code, one.title, icon=one.icon, face=one.face) for one in audiences.named(codes).values()]


def _found(typed: str) -> list[Option]:
    everybody = [Option(rules.ALL, _("Everybody"), icon="globe")] if _fits(_("Everybody"), typed) else []
    many = [
        *_named(Department.objects.order_by("path"), "group_dr{}", _("Department"), typed, icon="building-2"),
        *_named(Group.objects.order_by("name"), "group_g{}", _("Group"), typed, icon="users-round"),
    ]
    persons = [
        Option(f"user_{one.pk}", str(one), note=one.position, face=one)
        for one in people.found(typed).filter(is_external=False)[:PEOPLE_MAX]
    ]
    return [*everybody, *many[:OTHERS_MAX], *persons]


def _named(rows: Iterable[Any], code: str, note: str, typed: str, *, icon: str) -> Iterator[Option]:
    for one in rows:
        if _fits(one.name, typed):
            yield Option(code.format(one.pk), one.name, note=note, icon=icon)


def _fits(name: str, typed: str) -> bool:
    """Whether every word that was typed begins a word of the name."""
    words: Sequence[str] = people.folded(name).split()
    return all(any(word.startswith(part) for word in words) for part in people.folded(typed).split())
