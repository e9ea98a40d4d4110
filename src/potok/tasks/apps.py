"""Start-up of tasks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TasksConfig(AppConfig):
    name = "potok.tasks"
    label = "tasks"
    verbose_name = _("Tasks")

    def ready(self) -> None:
        from potok.tasks import attachments, checklist, comments, operations, queries, reactions, slots  # noqa: F401

        attachments.register()
        slots.fill()
