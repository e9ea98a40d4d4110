"""Start-up of clients."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "potok.crm.clients"
    label = "clients"

    def ready(self) -> None:
        from potok.crm.clients import dialect, record  # noqa: F401 (they declare themselves)
