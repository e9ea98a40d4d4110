"""What records put into the shell beside their types: the first and the last tab of every card, their settings."""

from django.utils.translation import gettext_lazy as _

from potok.records.exchange.permissions import EVERYTHING
from potok.records.operations.pipelines import SETTINGS
from potok.records.screens import feed, history, rights
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.card_tabs.add(slots.CardTab(name="feed", title=_("Feed"), draw=feed.draw, order=10))
    slots.card_tabs.add(slots.CardTab(name="history", title=_("History"), draw=history.draw, order=90))
    slots.rail.add(
        slots.RailEntry(
            "records_settings",
            _("Fields and pipelines"),
            "sliders-horizontal",
            "/settings/records/",
            group=_("Company"),
            order=820,
            visible=lambda request: rights.may(request, SETTINGS),
        )
    )
    slots.rail.add(
        slots.RailEntry(
            "records_dictionaries",
            _("Dictionaries"),
            "book-open",
            "/settings/dictionaries/",
            group=_("Company"),
            order=822,
            visible=lambda request: rights.may(request, SETTINGS),
        )
    )
    slots.rail.add(
        slots.RailEntry(
            "records_exports",
            _("Export everything"),
            "download",
            "/records/exports/",
            group=_("Company"),
            order=826,
            visible=lambda request: rights.may(request, EVERYTHING),
        )
    )
