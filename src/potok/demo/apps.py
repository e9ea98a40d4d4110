"""Start-up of the demo company."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "potok.demo"
    label = "demo"

    def ready(self) -> None:
        from potok.demo import commands  # noqa: F401 (they register)
