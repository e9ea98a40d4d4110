"""Start-up of lists: what customers have designed stands among the record types from now on."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "potok.lists"
    label = "lists"

    def ready(self) -> None:
        from potok.lists import dialect, operations, record, slots  # noqa: F401 (they register)
