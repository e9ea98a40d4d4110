"""What the feed offers to other parts.

from potok.feed import public as feed

feed.happenings.add("deal_won", feed.Happening("deal_won", "briefcase", reached=…, tell=…))    # at start-up
feed.note(call, kind="deal_won", subjects=[7])                  # in the transaction in which it happened
feed.requests.add(feed.Requests("processes", offered=…, url="/requests/"))
feed.beside.add(feed.Beside("waiting", _("Waits for you"), draw=…))
feed.posts.add(call, text="…", audience=["all"])
"""

from potok.feed.access import visible_to
from potok.feed.models import Entry
from potok.feed.operations import answering, posts
from potok.feed.operations.posts import note
from potok.feed.registries import (
    EVENTS,
    REQUESTS,
    Beside,
    Happening,
    Request,
    Requests,
    Told,
    beside,
    happenings,
    requests,
)

__all__ = [
    "EVENTS", "REQUESTS", "Beside", "Entry", "Happening", "Request", "Requests", "Told", "answering", "beside",
    "happenings", "note", "posts", "requests", "visible_to",
]  # fmt: skip
