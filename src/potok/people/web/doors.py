"""Middleware: nobody comes in without signing in, and everything speaks to a person in his language and his time."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation

from potok.kit.events import judged_once
from potok.people import presence
from potok.people.models import Person

# What a page that lies open fetches by itself is marked so: nobody sits before it for that.
BY_ITSELF = "Potok-By-Itself"


class SignedIn(LoginRequiredMiddleware):
    """Every view is closed to strangers unless it is marked `login_not_required`."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        # A script would take the sign-in page for a fragment; it is told to go there instead.
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Redirect": "/sign-in"})
        return super().handle_no_permission(request, view_func)


class Personal:
    """The language and the time zone of the person who asks; who asks is online, and is judged once for a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, Person):
            return self._get_response(request)
        if request.headers.get(BY_ITSELF) != "true":
            presence.see_now_and_then(person.pk)
        translation.activate(person.language)
        request.LANGUAGE_CODE = person.language
        with timezone.override(ZoneInfo(person.zone)), judged_once():
            return self._get_response(request)
