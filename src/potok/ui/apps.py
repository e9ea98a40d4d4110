"""Start-up of the design system: it has a line of its own in the person's menu, the manual."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from potok.ui import manual, slots


class UiConfig(AppConfig):
    name = "potok.ui"
    label = "ui"

    def ready(self) -> None:
        entry = slots.MenuEntry(
            "manual", _("Manual"), "book-open", "ui:manual", order=90, visible=lambda _: manual.is_here()
        )
        slots.me.add(entry)
