"""What notices put into the shell: a line of the rail with its counter, and the watch for those that come."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from potok.kit import live
from potok.notify.models import Notice
from potok.notify.queries import unseen_count
from potok.notify.web import channels, notices
from potok.ui import slots


def fill() -> None:
    """Register once, at start-up."""
    slots.rail.add(
        slots.RailEntry(
            name="notices",
            title=_("Notices"),
            icon="bell",
            url="/notices/",
            order=15,
            key="KeyN",
            count=lambda request: (unseen_count(person=request.user.pk or 0), "unread"),
            live=_topic,
            visible=_is_inside,
        )
    )
    slots.rail.add(
        slots.RailEntry(
            name="channels",
            title=_("Channels of notices"),
            icon="send",
            url="/channels/",
            group=_("Company"),
            order=830,
            visible=channels.may_set,
        )
    )
    slots.me.add(slots.MenuEntry("wishes", _("How I am told"), "bell", "/me/notices", order=15))
    live.news.add("person", notices.news)
    slots.watches.add(slots.Watch("notices", url=_url, topic=_topic, visible=_is_inside))


def _url(request: HttpRequest) -> str:
    last = Notice.objects.filter(to=request.user.pk or 0).order_by("-pk").values_list("pk", flat=True).first()
    return notices.address(last or 0)


def _topic(request: HttpRequest) -> str:
    return f"person:{request.user.pk}"


def _is_inside(request: HttpRequest) -> bool:
    return request.user.is_authenticated
