"""Coming in and going out, and the page of an invitation where the first password is set."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people import queries, signing_in, signing_rules
from potok.people.models import Person
from potok.people.operations import passwords
from potok.people.web import half_in

BACKEND = "django.contrib.auth.backends.ModelBackend"
YEAR_SECONDS = 365 * 24 * 60 * 60


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or let a person in."""
    if request.method == "GET":
        shown = {"next": wanted(request), "is_empty": not Person.objects.exists(), "has_mail": settings.MAIL_URL}
        return render(request, "people/sign_in.html", shown)
    email = request.POST.get("email", "")
    try:
        person = signing_in.admit(request, email=email, password=request.POST.get("password", ""))
    except Refused as refused:
        shown = {"next": wanted(request), "email": email, "error": refused.sentence(), "has_mail": settings.MAIL_URL}
        return render(request, "people/sign_in.html", shown, status=422)
    if signing_rules.has_factor(person):
        return half_in.begin(request, person=person, url=wanted(request))
    return come_in(request, person=person, url=wanted(request), how=signing_in.PASSWORD)


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
    except Refused as refused:
        return _draw_welcome(request, person, error=refused.sentence())
    # A new password alone does not let anybody in who is asked for more.
    if signing_rules.has_factor(person):
        return half_in.begin(request, person=person, url="/")
    return come_in(request, person=person, url="/", how=signing_in.LINK)


def come_in(request: HttpRequest, *, person: Person, url: str, how: str) -> HttpResponse:
    """Begin a session; the look that the person chose goes into cookies, from where the frame reads it."""
    login(request, person, backend=BACKEND)
    signing_in.note(request, how=how, person=person)
    signing_in.remember(request, person)
    return dressed(HttpResponseRedirect(url, status=303), person=person)


def dressed(response: HttpResponse, *, person: Person) -> HttpResponse:
    """Put a person's theme and density into cookies."""
    for name in ("theme", "density"):
        response.set_cookie(name, getattr(person, name), max_age=YEAR_SECONDS, samesite="Lax")
    return response


def _draw_welcome(request: HttpRequest, person: Person, *, error: str = "") -> HttpResponse:
    shown = {"person": person, "error": error}
    return render(request, "people/welcome.html", shown, status=422 if error else 200)


def wanted(request: HttpRequest) -> str:
    """Where whoever comes in wants to go; never out of the product."""
    url = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else "/"
