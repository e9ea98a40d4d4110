"""What the inbox puts into the shell: the first line of the rail, with its counter."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.notify.queries import waiting_count
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            name="inbox",
            title=_("Inbox"),
            icon="inbox",
            url="inbox:show",
            order=10,
            phone=1,
            key="KeyI",
            count=lambda request: (waiting_count(person=request.user.pk or 0), "mine"),
            live=_topic,
            visible=lambda request: request.user.is_authenticated,
        )
    )


def _topic(request: HttpRequest) -> str:
    return f"person:{request.user.pk}"
