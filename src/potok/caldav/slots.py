"""The ways to one's devices and to the calendars of others, in the menu of the calendar; what these put into it."""

from django.utils.translation import gettext_lazy as _

from potok.caldav.web import subscriptions
from potok.calendar.public import places
from potok.ui.slots import MenuEntry


def fill() -> None:
    """Register once, at start-up."""
    places.doors.add(
        MenuEntry(name="subscriptions", title=_("Calendars of others"), icon="globe", url=subscriptions.PAGE, order=5)
    )
    places.doors.add(
        MenuEntry(name="devices", title=_("Phones and programs"), icon="key", url="caldav:devices", order=10)
    )
    places.listers.add(places.Lister("subscriptions", subscriptions.listed))
    places.sources.add(
        places.Source(name="subscriptions", title=_("Calendars of others"), between=subscriptions.between, tone="")
    )
