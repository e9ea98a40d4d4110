"""The tabs of every card that records fill themselves: the feed first, the history last."""

from django.utils.translation import gettext_lazy as _

from potok.records.screens import feed, history
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.card_tabs.add(slots.CardTab(name="feed", title=_("Feed"), draw=feed.draw, order=10))
    slots.card_tabs.add(slots.CardTab(name="history", title=_("History"), draw=history.draw, order=90))
