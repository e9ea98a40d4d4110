from typing import Any

from django.http import HttpRequest, HttpResponse


def save(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()


def remove(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()
