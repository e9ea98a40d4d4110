"""What the feed puts into the shell: its line of the rail, with what is new since the last visit."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.feed import queries
from potok.ui import slots
from potok.ui.slots import Count


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            name="feed",
            title=_("Feed"),
            icon="newspaper",
            url="feed:show",
            order=20,
            key="KeyF",
            count=_unread,
            live=lambda request: "feed",
        )
    )


def _unread(request: HttpRequest) -> Count:
    return queries.unread_count(person=request.user.pk or 0), "unread"
