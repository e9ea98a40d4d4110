"""The way to one's devices, at the end of the menu of the calendar."""

from django.utils.translation import gettext_lazy as _

from potok.calendar.public import places
from potok.ui.slots import MenuEntry


def fill() -> None:
    """Register once, at start-up."""
    places.doors.add(
        MenuEntry(name="devices", title=_("Phones and programs"), icon="key", url="caldav:devices", order=10)
    )
