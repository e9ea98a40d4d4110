"""Start-up of providers: their ways in are put on the page of signing in."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "potok.providers"
    label = "providers"

    def ready(self) -> None:
        from potok.providers import operations, slots  # noqa: F401 (they register)

        slots.fill()
