from typing import Any

from django.http import HttpRequest, HttpResponse


def show(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()
