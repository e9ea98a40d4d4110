"""What providers put elsewhere: the ways in, and the line of the rail."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.people.public import ways
from potok.providers import ways_in
from potok.ui.slots import RailEntry, rail


def fill() -> None:
    """Put them there."""
    ways.ways.add("providers", ways.Ways(ways_in.doors, ways_in.judge, ways_in.takes_logins))
    rail.add(
        RailEntry(
            "providers", _("Ways in"), "key", "/providers/", group=_("Company"), order=816, visible=_is_administrator
        )
    )


def _is_administrator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_administrator", False))
