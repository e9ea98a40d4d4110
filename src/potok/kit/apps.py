"""Start-up of the kit."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "potok.kit"
    label = "kit"

    def ready(self) -> None:
        from django.utils.translation import gettext

        from potok.kit import errors

        errors.speak_with(gettext)
