from typing import Any

from django.http import HttpRequest, HttpResponse


def panel(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()


def change(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()


def remove(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()


def undo(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()
