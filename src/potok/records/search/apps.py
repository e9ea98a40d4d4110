"""Start-up of the search."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "potok.records.search"
    label = "search"

    def ready(self) -> None:
        from potok.records.search import learning, own, reactions, upkeep  # noqa: F401 (they register)
