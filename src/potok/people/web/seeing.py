"""«See as»: an administrator looks at the product with somebody else's eyes. He only looks; nothing is written so."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.people import queries, rules
from potok.people.models import Person
from potok.people.web.asked import me
from potok.ui import answers
from potok.ui.answers import Toast
from potok.ui.shell import Note

KEY = "seen_as"
SAFE = ("GET", "HEAD", "OPTIONS")


class SeenAs:
    """Puts the person whose eyes were borrowed in the place of the administrator who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person = _borrowed(request)
        if person is None or request.path in (reverse("people:see_as_end"), reverse("people:sign_out")):
            return self._get_response(request)
        if request.method not in SAFE:
            return answers.refused(request, rules.ONLY_LOOKS(who=str(person)))
        vars(request)["potok_note"] = Note(
            _("You see the product as %(who)s does. Nothing can be changed.") % {"who": person},
            reverse("people:see_as_end"),
            _("Stop"),
        )
        request.user = person
        return self._get_response(request)


@require_POST
def begin(request: HttpRequest, id: int) -> HttpResponse:
    """Look with the eyes of a person; only administrators may."""
    if not me(request).is_administrator:
        raise rules.NEEDS_ADMINISTRATOR()
    person = queries.person(id)
    if not person.is_active:
        raise rules.NOBODY_TO_SEE_AS(who=str(person))
    request.session[KEY] = person.pk
    return answers.go(request, "/")


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Look with one's own eyes again."""
    request.session.pop(KEY, None)
    return answers.go(request, "/", toast=Toast(_("You see the product as yourself again")))


def _borrowed(request: HttpRequest) -> Person | None:
    """Whose eyes are borrowed; whoever is no administrator any more has only his own."""
    id: Any = request.session.get(KEY)
    user = request.user
    if not id or not isinstance(user, Person) or not user.is_administrator:
        return None
    return Person.objects.filter(pk=id, is_active=True).first()
