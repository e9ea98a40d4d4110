"""The short way of calls: sessions, forms, people and pages, which other middleware looks after, are none of theirs.

Of a short call half the time went there, and into looking for its address among those of all pages.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

HERE = "/rest/"
ADDRESSES = "potok.rest.urls"


class Direct:
    """Middleware: answers calls itself, and passes on everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(HERE):
            return self._get_response(request)
        try:
            match = resolve(request.path_info, ADDRESSES)
        except Resolver404:
            return self._get_response(request)  # the page that says so
        request.resolver_match = match
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer
