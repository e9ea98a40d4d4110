"""Coming in and going out, and the page of an invitation where the first password is set."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people import queries, signing_in, ways
from potok.people.coming_in import enter, wanted
from potok.people.models import Person
from potok.people.operations import passwords


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or let a person in."""
    if request.method == "GET":
        return render(request, "people/sign_in.html", _shown(request))
    email = request.POST.get("email", "")
    try:
        proved = signing_in.admit(request, email=email, password=request.POST.get("password", ""))
        return enter(request, url=wanted(request), **proved._asdict())
    except Refused as refused:
        return render(request, "people/sign_in.html", _shown(request, email, refused.sentence()), status=422)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let a person go."""
    logout(request)
    return HttpResponseRedirect("/sign-in", status=303)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, id: int, token: str) -> HttpResponse:
    """Let an invited person set a password, and in."""
    person = queries.person(id)
    passwords.check_token(person, token=token)
    if request.method == "GET":
        return _draw_welcome(request, person)
    try:
        with opened(None, door="screen") as call:
            passwords.accept(call, person=person, token=token, password=request.POST.get("password", ""))
        return enter(request, person=person, url="/", how=signing_in.LINK)
    except Refused as refused:
        return _draw_welcome(request, person, error=refused.sentence())


def _shown(request: HttpRequest, email: str = "", error: str = "") -> dict[str, Any]:
    return {
        "next": wanted(request),
        "email": email,
        "error": error,
        "is_empty": not Person.objects.exists(),
        "has_mail": settings.MAIL_URL,
        "doors": ways.doors(),
        "takes_logins": ways.takes_logins(),
    }


def _draw_welcome(request: HttpRequest, person: Person, *, error: str = "") -> HttpResponse:
    shown = {"person": person, "error": error}
    return render(request, "people/welcome.html", shown, status=422 if error else 200)
