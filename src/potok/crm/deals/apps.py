"""Start-up of deals."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "potok.crm.deals"
    label = "deals"

    def ready(self) -> None:
        from potok.crm.deals import record  # noqa: F401 (it declares the record type)
