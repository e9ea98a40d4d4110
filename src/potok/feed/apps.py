"""Start-up of the feed."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedConfig(AppConfig):
    name = "potok.feed"
    label = "feed"
    verbose_name = _("Feed")

    def ready(self) -> None:
        from potok.feed import (  # noqa: F401 (they register what they declare)
            access,
            attachments,
            operations,
            queries,
            reactions,
            searching,
            slots,
        )

        access.register()
        attachments.register()
        searching.fill()
        slots.fill()
