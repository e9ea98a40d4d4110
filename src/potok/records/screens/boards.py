from typing import Any

from django.http import HttpRequest, HttpResponse


def board(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse()
