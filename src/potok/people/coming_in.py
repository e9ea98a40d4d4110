"""How a session begins, whichever way somebody came: the second factor is asked for, the sign-in is noted."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from potok.people import half_in, rules, signing_in, signing_rules, ways
from potok.people.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
YEAR_SECONDS = 365 * 24 * 60 * 60


def enter(request: HttpRequest, *, person: Person, url: str, how: str, is_enough: bool = False) -> HttpResponse:
    """Let a person in who has proved himself this way, or ask for the second factor unless the way `is_enough`."""
    check_way(person, how=how)
    if signing_rules.has_factor(person) and not is_enough:
        return half_in.begin(request, person=person, url=url, how=how)
    return come_in(request, person=person, url=url, how=how, is_enough=is_enough)


def come_in(request: HttpRequest, *, person: Person, url: str, how: str, is_enough: bool = False) -> HttpResponse:
    """Begin a session; the look that the person chose goes into cookies, from where the frame reads it."""
    check_way(person, how=how)
    login(request, person, backend=BACKEND)
    if is_enough:
        request.session[signing_rules.PROVED_ELSEWHERE] = True
    signing_in.note(request, how=how, person=person)
    signing_in.remember(request, person)
    return dressed(HttpResponseRedirect(url, status=303), person=person)


def check_way(person: Person, *, how: str) -> None:
    """Refuse a way of our own where the company lets people in through others only; administrators keep it."""
    if signing_rules.is_only_through_others() and not (ways.is_other(how) or person.is_administrator):
        raise rules.ONLY_THROUGH_OTHERS()


def dressed(response: HttpResponse, *, person: Person) -> HttpResponse:
    """Put a person's theme and density into cookies."""
    for name in ("theme", "density"):
        response.set_cookie(name, getattr(person, name), max_age=YEAR_SECONDS, samesite="Lax")
    return response


def wanted(request: HttpRequest) -> str:
    """Where whoever comes in wants to go; never out of the product."""
    url = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe else "/"
