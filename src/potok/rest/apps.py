"""Start-up of the REST door."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    name = "potok.rest"
    label = "rest"

    def ready(self) -> None:
        from potok.rest import commands, hooks, system  # noqa: F401 (they register what they declare)
