"""Start-up of notify: its names are registered."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "potok.notify"
    label = "notify"

    def ready(self) -> None:
        from potok.notify import operations, queries, routing, waking  # noqa: F401
        from potok.notify.channels import loops  # noqa: F401
        from potok.notify.web import inbox_slots, notice_slots

        inbox_slots.fill()
        notice_slots.fill()
