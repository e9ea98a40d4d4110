"""Start-up of clients."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "potok.crm.clients"
    label = "clients"

    def ready(self) -> None:
        from potok.crm.clients import record  # noqa: F401 (it declares the record types)
