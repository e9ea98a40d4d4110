"""How a channel does: kept in its row, so that every process and the administrators' page know it."""

from datetime import datetime
from typing import Any

from django.db.models import F

from potok.kit import clock
from potok.kit.errors import Trouble
from potok.kit.sealing import unseal
from potok.notify import routes
from potok.notify.models import Channel


def state(name: str) -> Channel:
    """The row of a channel; one that nobody has touched is a fresh one."""
    return Channel.objects.filter(pk=name).first() or Channel(name=name)


def is_on(name: str) -> bool:
    """Tell whether administrators have switched it on."""
    return Channel.objects.filter(pk=name, is_on=True).exists()


def setting(name: str) -> tuple[dict[str, Any], str]:
    """How a channel is set, and its secret in plain."""
    row = state(name)
    return row.settings, unseal(row.secret).decode()


def rests(row: Channel, *, at: datetime) -> bool:
    """Tell whether a channel that failed is left alone for now."""
    return row.next_at is not None and row.next_at > at


def failed(name: str, *, trouble: Trouble) -> None:
    """Note that the channel cannot be reached; it is tried again after a growing pause."""
    now = clock.now()
    Channel.objects.get_or_create(pk=name)
    was = Channel.objects.get(pk=name)
    Channel.objects.filter(pk=name).update(
        is_up=False,
        problem=trouble.sentence(),
        since=was.since if not was.is_up else now,
        attempts=F("attempts") + 1,
        next_at=now + routes.pause(was.attempts + 1),
    )


def worked(name: str) -> None:
    """Note that the channel works; says nothing to one that did already."""
    broken = Channel.objects.filter(pk=name, is_up=False)
    broken.update(is_up=True, problem="", since=clock.now(), attempts=0, next_at=None)
