"""Start-up of processes."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "potok.processes"
    label = "processes"

    def ready(self) -> None:
        from potok.processes import commands, dialect, due, leaving, operations, reactions, worker  # noqa: F401 (they register)
        from potok.processes.web import slots

        slots.fill()
