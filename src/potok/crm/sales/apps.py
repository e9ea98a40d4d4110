"""Start-up of sales."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "potok.crm.sales"
    label = "sales"

    def ready(self) -> None:
        from potok.crm.sales import (  # noqa: F401 (they declare themselves)
            dialect,
            moving,
            numbers,
            operations,
            paying,
            reactions,
            record,
            slots,
        )

        slots.fill()
