"""Start-up of the CalDAV door."""

from django.apps import AppConfig


class CaldavConfig(AppConfig):
    name = "potok.caldav"
    label = "caldav"

    def ready(self) -> None:
        from potok.caldav import devices, fetching, slots, subscribing  # noqa: F401 (they register what they declare)

        slots.fill()
