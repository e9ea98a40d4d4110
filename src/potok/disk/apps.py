"""Start-up of disk: its names are registered."""

from django.apps import AppConfig


class DiskConfig(AppConfig):
    name = "potok.disk"
    label = "disk"

    def ready(self) -> None:
        from potok.disk import dialect, operations, queries, sweeping  # noqa: F401
