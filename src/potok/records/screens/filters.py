from typing import Any

from django.http import HttpRequest, HttpResponse


def apply(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()


def row(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()


def options(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()
