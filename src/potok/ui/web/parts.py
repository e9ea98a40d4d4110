"""Fragments of the shell that the browser asks for again: the rail with its counts, the sheet of keys."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from potok.ui.shell import Shell


def rail(request: HttpRequest) -> HttpResponse:
    """Draw the lines of the rail anew; `at` is the path whose line is current."""
    request.path = request.GET.get("at", request.path)
    return render(request, "ui/frames/_rail_lines.html", {"shell": Shell(request)})


def keys(request: HttpRequest) -> HttpResponse:
    """Draw the frame of the sheet of keys; the browser fills it from the table that its handlers use."""
    return render(request, "ui/_keys.html")
