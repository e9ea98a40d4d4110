"""What the calendar puts into the shell: its line of the rail, «Event» in the menu «Create»."""

from django.utils.translation import gettext_lazy as _

from potok.calendar.web import card
from potok.notify.public import inbox
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            name="calendar", title=_("Calendar"), icon="calendar", url="calendar:show", order=35, key="KeyC"
        )
    )
    inbox.kinds.add(
        "invitation",
        inbox.Kind(
            name="invitation", title=_("Invitations"), icon="calendar", order=25, draw=card.detail, acts=card.ACTS
        ),
    )
    slots.create.add(
        slots.MenuEntry(name="event", title=_("Event"), icon="calendar", url="calendar:new", order=55, drawer=True)
    )
