"""Start-up of deals."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "potok.crm.deals"
    label = "deals"

    def ready(self) -> None:
        from potok.crm.deals import commands, dialect, record, winning  # noqa: F401 (they declare themselves)

        winning.fill()
