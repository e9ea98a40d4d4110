"""What the calendar puts into the shell: its line of the rail, «Event» in the menu «Create»."""

from django.utils.translation import gettext_lazy as _

from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            name="calendar", title=_("Calendar"), icon="calendar", url="calendar:show", order=35, key="KeyC"
        )
    )
    slots.create.add(
        slots.MenuEntry(name="event", title=_("Event"), icon="calendar", url="calendar:new", order=55, drawer=True)
    )
