from typing import Any

from django.http import HttpRequest, HttpResponse


def palette(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()


def options(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()
