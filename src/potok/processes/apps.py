"""Start-up of processes."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "potok.processes"
    label = "processes"

    def ready(self) -> None:
        from potok.processes import worker  # noqa: F401
