"""Start-up of tasks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "potok.tasks"
    label = "tasks"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        from potok.tasks import (  # noqa: F401 (they register what they declare)
            attachments,
            checklist,
            comments,
            dependencies,
            dialect,
            hearing,
            history,
            merging,
            operations,
            projects,
            queries,
            reactions,
            searching,
            slots,
            spent,
            substituting,
            templating,
            timekeeping,
        )

        attachments.register()
        hearing.register()
        merging.fill()
        searching.fill()
        slots.fill()
        substituting.register()
