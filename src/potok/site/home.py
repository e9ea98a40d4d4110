"""The address without a path: whoever is signed in begins at the inbox."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def show(request: HttpRequest) -> HttpResponse:
    """Lead to where the day begins."""
    return redirect("/inbox/" if request.user.is_authenticated else "/sign-in")
