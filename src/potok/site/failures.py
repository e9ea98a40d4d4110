"""What a person sees when we failed: an apology and a number that leads to the line in the log; never a trace."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread over the telephone


class Numbered(logging.Filter):
    """Ends a line about a request with the number that its person saw."""

    def filter(self, record: logging.LogRecord) -> bool:
        number = getattr(getattr(record, "request", None), "failure_number", "")
        record.number = f" [{number}]" if number else ""
        return True


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer with an apology and a number."""
    number = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    # Django logs the trace after this view, with the request; `Numbered` finds the number there.
    request.failure_number = number  # type: ignore[attr-defined]
    page = f"500 {number}"
    try:
        page = render_to_string("ui/500.html", {"number": number}, request)
    except TemplateDoesNotExist:
        pass
    except Exception:  # the page itself may be what is broken; the number must come through
        logging.getLogger(__name__).exception("The page about a failure cannot be drawn")
    return HttpResponse(page, status=500)
