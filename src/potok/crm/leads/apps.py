"""Start-up of leads."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "potok.crm.leads"
    label = "leads"

    def ready(self) -> None:
        from potok.crm.leads import (  # noqa: F401 (they declare themselves)
            commands,
            dialect,
            operations,
            reactions,
            record,
            slots,
        )

        slots.fill()
