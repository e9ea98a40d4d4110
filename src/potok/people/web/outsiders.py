"""People from outside see what they were invited to: of all pages only those that the site opens to them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from potok.people import rules
from potok.people.models import Person
from potok.ui import answers


class Outsiders:
    """Closes every view to people from outside unless `OPEN_TO_OUTSIDERS` names it or strangers may open it, too.

    What stands on an open page is judged by the operations and questions behind it, as for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_outside(request):
            # The frame asks before it offers a way anywhere.
            vars(request)["potok_opens"] = opens
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not is_outside(request) or not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in settings.OPEN_TO_OUTSIDERS else answers.refused(request, rules.OUTSIDE())


def is_outside(request: HttpRequest) -> bool:
    """Tell whether somebody from outside asks."""
    return isinstance(request.user, Person) and request.user.is_external and not request.user.is_administrator


def opens(path: str) -> bool:
    """Tell whether a path leads to a page that is open to people from outside."""
    try:
        return resolve(path.partition("?")[0]).view_name in settings.OPEN_TO_OUTSIDERS
    except Resolver404:
        return False
