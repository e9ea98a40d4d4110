"""What a view answers to htmx and to a plain browser alike: page or fragment, toast, redirect, refusal, clash.

The browser's side of the protocol is `HX-Trigger` with these names: `toast`, `refused`, `made`, `drawer-close`.
It is read by client/islands/events.ts, for htmx and for every island that fetches by itself.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from potok.kit.errors import Forbidden, Missing, Overloaded, Overtaken, Refusals, Refused

STATUS: Mapping[type[Refused], int] = {Forbidden: 403, Missing: 404, Overtaken: 409, Overloaded: 429}


@dataclass(frozen=True)
class Toast:
    """One line at the bottom right. `undo` is the path that a POST takes back what was done; `link` one to look at.
    What comes by two ways has a `key`, and is shown once."""

    text: str
    undo: str = ""
    link: str = ""
    link_title: str = ""
    tone: str = "done"
    key: str = ""


def wants_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a fragment rather than the browser for a page."""
    head = request.headers
    return head.get("HX-Request-Type") == "partial" and head.get("HX-History-Restore-Request") != "true"


def by_script(request: HttpRequest) -> bool:
    """Tell whether htmx or an island asks, so that headers will be read."""
    return request.headers.get("HX-Request") == "true"


def draw(
    request: HttpRequest,
    page: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    push: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer the page, or only its fragment `part` when htmx asks for one; `push` becomes the address."""
    wanted = part if part and wants_part(request) else page
    response = render(request, wanted, dict(context or {}), status=status)
    response["Vary"] = "HX-Request-Type, Potok-Frame"
    if push and by_script(request):
        response["HX-Push-Url"] = push
    return response


def trigger(response: HttpResponse, **events: Any) -> HttpResponse:
    """Add events for the browser to an answer; names with an underscore go out with a hyphen."""
    told = json.loads(response.get("HX-Trigger", "{}"))
    told |= {name.replace("_", "-"): detail for name, detail in events.items()}
    response["HX-Trigger"] = json.dumps(told)
    return response


def say(request: HttpRequest, response: HttpResponse, toast: Toast) -> HttpResponse:
    """Show a toast with this answer, or with the next page when no script reads this one."""
    if by_script(request):
        return trigger(response, toast=asdict(toast))
    messages.info(request, toast.text, extra_tags=toast.undo)
    return response


def done(request: HttpRequest, toast: Toast | None = None) -> HttpResponse:
    """Answer that there is nothing to draw; the page stays as it is."""
    response = HttpResponse(status=204)
    return say(request, response, toast) if toast else response


def go(request: HttpRequest, url: str, *, toast: Toast | None = None) -> HttpResponse:
    """Send the browser to another page; a toast is shown there."""
    if toast:
        messages.info(request, toast.text, extra_tags=toast.undo)
    if not by_script(request):
        return HttpResponseRedirect(url, status=303)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response


def made(response: HttpResponse, *, type: str, id: int | str, title: str) -> HttpResponse:
    """Tell that a record was created in this drawer: the drawer closes, the picker that opened it takes the record."""
    return trigger(response, made={"type": type, "id": str(id), "title": title})


def close(response: HttpResponse) -> HttpResponse:
    """Close the drawer that asked."""
    return trigger(response, drawer_close=True)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer a refusal: under its field where the form has it, else as a toast, and as a page without script.

    Nothing is drawn anew, so the form keeps everything that was typed.
    """
    status = next((code for family, code in STATUS.items() if isinstance(error, family)), 422)
    if not by_script(request):
        return render(request, "ui/refused.html", {"error": error, "title": _title(status)}, status=status)
    response = HttpResponse(status=status)
    response["HX-Reswap"] = "none"
    return trigger(response, refused=_told(error))


def _title(status: int) -> str:
    titles = {
        403: _("You may not do this"),
        404: _("There is nothing here"),
        409: _("Somebody was faster"),
        429: _("Too much at once"),
    }
    return titles.get(status, _("This cannot be done"))


def _told(error: Refused) -> dict[str, Any]:
    each = list(error) if isinstance(error, Refusals) else [error]
    places = {one.place: one.sentence() for one in each if one.place}
    return {"code": error.code, "sentence": error.sentence(), "places": places}


def clash(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Answer that somebody else changed the same fields: the fragment shows mine, theirs and the original.

    The template is a `<c-clash>`; it opens as a dialog and the form under it stays as it was.
    """
    response = render(request, template, dict(context), status=409)
    response["HX-Retarget"] = "#clash"
    response["HX-Reswap"] = "innerHTML"
    return response
