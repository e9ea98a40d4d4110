"""Start-up of the calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "potok.calendar"
    label = "calendar"
    verbose_name = _("Calendar")

    def ready(self) -> None:
        from potok.calendar import (  # noqa: F401 (they register what they declare)
            calendars,
            hearing,
            inviting,
            kinds,
            merging,
            operations,
            queries,
            reactions,
            reminding,
            searching,
            series,
            slots,
        )

        hearing.register()
        merging.fill()
        searching.fill()
        slots.fill()
