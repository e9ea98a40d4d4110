"""Start-up of processes."""

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "potok.processes"
    label = "processes"

    def ready(self) -> None:
        # Most are imported so that they register.
        from potok.processes import (  # noqa: F401
            attachments,
            commands,
            dialect,
            due,
            guarding,
            hearing,
            leaving,
            membership,
            merging,
            of_tasks,
            operations,
            reactions,
            substituting,
            upkeep,
            worker,
        )
        from potok.processes.web import palette, slots  # noqa: F401 (the palette registers)

        attachments.register()
        guarding.register()
        hearing.register()
        merging.fill()
        of_tasks.register()
        slots.fill()
        substituting.register()
