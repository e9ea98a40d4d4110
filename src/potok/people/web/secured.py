"""Of whom the company asks more than a password, he sets it up before anything else; and where he is, is noted."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve

from potok.kit import clock
from potok.people import signing_rules
from potok.people.models import Person, SignedIn

# What is open before the second factor is set up: to set it up, and to leave.
OPEN = frozenset(
    f"people:{name}"
    for name in ("security", "app", "app_code", "passkey_ask", "passkey_add", "recovery", "sign_out", "picture")
)
ROUGHLY_SECONDS = 60


class Secured:
    """Leads those who lack a second factor to the page where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person = request.user
        if isinstance(person, Person):
            _see(request)
            if _lacks(request, person) and not _is_open(request):
                return _to_security(request)
        return self._get_response(request)


def _lacks(request: HttpRequest, person: Person) -> bool:
    return signing_rules.lacks(person) and signing_rules.PROVED_ELSEWHERE not in request.session


def _is_open(request: HttpRequest) -> bool:
    try:
        return resolve(request.path).view_name in OPEN
    except Resolver404:
        return False


def _to_security(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=403, headers={"HX-Redirect": "/me/security"})
    return HttpResponseRedirect("/me/security", status=303)


def _see(request: HttpRequest) -> None:
    key = request.session.session_key
    if key and cache.add(f"people.session:{key}", value=True, timeout=ROUGHLY_SECONDS):
        SignedIn.objects.filter(session_key=key).update(seen_at=clock.now())
