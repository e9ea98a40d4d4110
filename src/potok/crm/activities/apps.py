"""Start-up of activities."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "potok.crm.activities"
    label = "activities"

    def ready(self) -> None:
        from potok.crm.activities import (  # noqa: F401 (they declare themselves)
            dialect,
            merging,
            operations,
            reactions,
            record,
            reminding,
            slots,
            substituting,
        )

        merging.fill()
        slots.fill()
        substituting.register()
