"""Start-up of duplicates."""

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "potok.records.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        from potok.records.duplicates import (  # noqa: F401 (they register)
            dialect,
            links,
            operations,
            pairing,
            reactions,
            shares,
        )
        from potok.records.duplicates.web import slots

        slots.fill()
