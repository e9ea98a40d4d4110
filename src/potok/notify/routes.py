"""By which ways a notice reaches its person: decided from values alone.

The site always has it. Elsewhere it is told once: by XMPP to whoever is connected; by mail, and to the browsers that
asked for it, when the person is not on the site and has not read it; whoever is on the site is looked at again when ten
minutes have passed in which he did nothing. A digest gathers what he wants to read in one letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

XMPP, PUSH, MAIL, DIGEST = "xmpp", "push", "mail", "digest"
AWAY, NEVER = "away", "never"
MAIL_CHOICES = (AWAY, DIGEST, NEVER)
# What nobody has read on the site after a day he has overlooked; he is not asked about it for ever.
LOOKED_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants to be told of one subject."""

    xmpp: bool = True
    push: bool = True
    mail: str = AWAY


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody can be reached now. `here_until` is when ten quiet minutes will have passed on the site."""

    here_until: datetime | None = None
    on_xmpp: bool = False
    has_device: bool = False
    has_mail: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """By which channels to tell it now, and when to look again, if ever."""

    by: tuple[str, ...] = ()
    again_at: datetime | None = None


def decide(
    *,
    at: datetime,
    sent_at: datetime,
    choice: Choice,
    standing: Standing,
    tried: Mapping[str, bool] | None = None,
    quiet_until: datetime | None = None,
) -> Route:
    """Say how an unread notice goes on. `tried` names the channels that had it before, and whether they still hope."""
    before = tried or {}
    if quiet_until is not None:
        return Route(again_at=quiet_until)
    if any(before.get(channel) for channel in (XMPP, MAIL, DIGEST)):
        return Route()
    if standing.on_xmpp and choice.xmpp and XMPP not in before:
        return Route((XMPP,))
    by = [DIGEST] if choice.mail == DIGEST and standing.has_mail and DIGEST not in before else []
    if standing.here_until is not None and standing.here_until > at:
        is_watched = not by and at - sent_at < LOOKED_AFTER
        return Route(tuple(by), standing.here_until if is_watched or _pushes(choice, standing, before) else None)
    if _pushes(choice, standing, before):
        by.append(PUSH)
    if choice.mail == AWAY and standing.has_mail and MAIL not in before:
        by.append(MAIL)
    return Route(tuple(by))


def quiet_until(at: datetime, *, begins: time | None, ends: time | None, zone: str) -> datetime | None:
    """When the quiet hours end in which `at` falls; None outside of them. They may last over midnight."""
    if begins is None or ends is None or begins == ends:
        return None
    here = at.astimezone(ZoneInfo(zone))
    now = here.time()
    within = begins <= now < ends if begins < ends else now >= begins or now < ends
    if not within:
        return None
    until = here.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0, fold=0)
    until = until if until > here else until + timedelta(days=1)
    return _real(until, after=at)


def next_digest(at: datetime, *, clock: time, day: int | None, zone: str) -> datetime:
    """When the next digest leaves, after `at`: every day, or on one day of the week (0 is Monday)."""
    here = at.astimezone(ZoneInfo(zone))
    due = here.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0, fold=0)
    due = due if due > here else due + timedelta(days=1)
    if day is not None:
        due += timedelta(days=(day - due.weekday()) % 7)
    return _real(due, after=at)


def pause(attempts: int) -> timedelta:
    """How long a channel rests after so many failures in a row: five seconds at first, five minutes at most."""
    return timedelta(seconds=min(5 * 2 ** max(attempts - 1, 0), 300))


def _pushes(choice: Choice, standing: Standing, before: Mapping[str, bool]) -> bool:
    return choice.push and standing.has_device and PUSH not in before


def _real(moment: datetime, *, after: datetime) -> datetime:
    """The moment on the wall of that zone as a moment of the world: one that the clock leaps over comes an hour later,
    and one that it shows twice is the one that still lies ahead."""
    zone = moment.tzinfo
    first = moment.astimezone(ZoneInfo("UTC"))
    if first <= after:
        first = moment.replace(fold=1).astimezone(ZoneInfo("UTC"))
    return first.astimezone(zone)
