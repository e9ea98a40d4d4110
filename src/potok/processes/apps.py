"""Start-up of processes."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "potok.processes"
    label = "processes"

    def ready(self) -> None:
        from potok.processes import attachments, commands, dialect, due, leaving, operations, reactions, upkeep, worker  # noqa: F401
        from potok.processes.web import slots

        # Most are imported so that they register.

        attachments.register()
        slots.fill()
