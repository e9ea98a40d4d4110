"""A person's card, and the form with which an administrator adds and changes people."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from potok.kit import clock
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.people import access, queries, signing_rules
from potok.people.models import Absence, Department, Deputy, Group, Membership, Person
from potok.people.operations import invitations, passwords, persons
from potok.people.permissions import EDIT_PEOPLE
from potok.people.rules import NEEDS_ADMINISTRATOR
from potok.people.web.asked import departments, me, needs
from potok.people.web.structure import branches
from potok.ui import answers, words
from potok.ui.answers import Toast

TEXTS = ("email", "name", "surname", "patronymic", "position", "phone", "inner_phone")


@require_GET
def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the card of a person."""
    return render(request, "people/person.html", _card(request, queries.person(id)))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a person, and show the link that lets him in."""
    if request.method == "GET":
        needs(request, EDIT_PEOPLE)
        return _form(request, None)
    with opened(me(request).pk, door="screen") as call:
        person = persons.add(call, **_texts(request), **_ranks(request), departments=_places(request))
        if "invite" in request.POST:
            invitations.send(call, person=person)
    invited = _("A letter goes to %(to)s") % {"to": person.email}
    text = invited if "invite" in request.POST else _("Added. Now make a link that lets him in.")
    return answers.go(request, f"/people/{person.pk}", toast=Toast(text))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: int) -> HttpResponse:
    """Change what is known about a person, and where he works."""
    person = queries.person(id)
    if request.method == "GET":
        needs(request, EDIT_PEOPLE)
        if not _edits(request, person):
            raise NEEDS_ADMINISTRATOR()
        return _form(request, person)
    with opened(me(request).pk, door="screen") as call:
        persons.change(call, person=person, **_texts(request), **_ranks(request))
        persons.place(call, person=person, departments=_places(request))
    return answers.go(request, f"/people/{id}", toast=Toast(_("Changes are kept")))


@require_POST
def dismissal(request: HttpRequest, id: int) -> HttpResponse:
    """Let a person in no longer, or again."""
    person = queries.person(id)
    with opened(me(request).pk, door="screen") as call:
        _turn(call, person)
    text = _("%(person)s can sign in again") if person.is_active else _("%(person)s can no longer sign in")
    return answers.go(request, f"/people/{id}", toast=Toast(text % {"person": person}))


@require_POST
def invitation(request: HttpRequest, id: int) -> HttpResponse:
    """Make a link with which a person sets his password, and show it once."""
    person = queries.person(id)
    with opened(me(request).pk, door="screen") as call:
        path = passwords.invite(call, person=person)
    shown = {**_card(request, person), "link": request.build_absolute_uri(path)}
    return render(request, "people/person.html", shown)


def _turn(call: Call, person: Person) -> None:
    if person.is_active:
        persons.dismiss(call, person=person)
    else:
        persons.take_back(call, person=person)


def _card(request: HttpRequest, person: Person) -> dict[str, Any]:
    head = queries.head_of(person=person.pk)
    return {
        "person": person,
        "works": Department.objects.filter(memberships__person=person).order_by("sort_key"),
        "heads": Department.objects.filter(head=person).order_by("sort_key"),
        "groups": Group.objects.filter(people=person).order_by("name"),
        "head": queries.person(head) if head else None,
        "deputies": [one.deputy for one in Deputy.objects.filter(person=person).select_related("deputy")],
        "now": _now(person) if person.is_active and not person.is_external else "",
        "edits": _edits(request, person),
        "has_factor": signing_rules.has_factor(person),
        "may_invite": settings.MAIL_URL and person.is_active and not person.has_usable_password(),
    }


def _now(person: Person) -> str:
    """Say whether the person works at this moment; an absence says until when."""
    at = clock.now()
    away = Absence.objects.approved().filter(person=person, begins_at__lte=at, ends_at__gt=at).order_by("-ends_at")
    if absence := away.first():
        return _("Is away, comes back on %(day)s") % {"day": words.day(absence.ends_at)}
    working = queries.working_time(person=person.pk).is_working(at)
    return _("Is working now") if working else _("Is not working now")


def _edits(request: HttpRequest, person: Person) -> bool:
    by = me(request)
    return access.may(by.pk, permission=EDIT_PEOPLE) and (by.is_administrator or not person.is_administrator)


def _form(request: HttpRequest, person: Person | None) -> HttpResponse:
    works = set(Membership.objects.filter(person=person).values_list("department", flat=True)) if person else set()
    chosen = {int(text) for text in request.GET.getlist("department") if text.isdecimal()}
    shown = {"person": person, "branches": branches(), "works": works or chosen, "ranks": me(request).is_administrator}
    shown["has_mail"] = bool(settings.MAIL_URL)
    return render(request, "people/person_form.html", shown)


def _texts(request: HttpRequest) -> dict[str, Any]:
    return {place: request.POST.get(place, "") for place in TEXTS}


def _ranks(request: HttpRequest) -> dict[str, Any]:
    external = {"is_external": "is_external" in request.POST}
    # Who may not make administrators is not shown the box; an absent tick must not take the rank away.
    return external | ({"is_administrator": "is_administrator" in request.POST} if me(request).is_administrator else {})


def _places(request: HttpRequest) -> list[Department]:
    return departments(request.POST.getlist("departments"))
