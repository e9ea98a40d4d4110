"""Calendars of others are fetched in the background: one after another, within limits, never inside the own network.

Who fetches says first when the next look is due, so that neither a crash nor a slow site makes anybody wait or ask
twice at once. A failure keeps what was read before, and is told where the calendar is shown.
"""

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

import httpx
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from potok.caldav import foreign, rules
from potok.caldav.models import Foreign, Subscription
from potok.kit import clock
from potok.kit.errors import Refused, Trouble
from potok.kit.events import gathered, touch
from potok.kit.loops import OUTAGE, rounds
from potok.notify.public import outside

# In which a crash in the midst of a reading is made up for.
LEASE = timedelta(minutes=10)
SECONDS_MAX, PAUSE_SECONDS = 30, 10
BYTES_MAX = 3_000_000
REDIRECTS_MAX = 3
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fetched:
    """What stands at an address; nothing if it is what was read before."""

    body: bytes | None
    version: str = ""


@rounds("subscriptions", rest_seconds=20.0)
def serve() -> int:
    """Read the calendar that has waited longest; answers of how many."""
    taken = _take()
    if taken is None:
        return 0
    with translation.override(taken.person.language):
        try:
            _read(taken)
        except OUTAGE:
            raise
        except (Refused, Trouble) as failure:
            _fail(taken, failure.sentence())
        except Exception:
            log.exception("The calendar of subscription %s cannot be read", taken.pk)
            _fail(taken, _("What stands at this address cannot be read as a calendar."))
    return 1


def _take() -> Subscription | None:
    with transaction.atomic():
        due = Subscription.objects.filter(next_at__lte=clock.now(), person__is_active=True).order_by("next_at", "pk")
        taken = due.select_for_update(of=("self",), skip_locked=True).select_related("person").first()
        if taken:
            Subscription.objects.filter(pk=taken.pk).update(next_at=clock.now() + LEASE)
    return taken


def _read(one: Subscription) -> None:
    fetched = fetch(one.address, version=one.version)
    now = clock.now()
    said = {"read_at": now, "next_at": now + rules.rests(0), "problem": "", "failures": 0}
    read = None if fetched.body is None else foreign.read(fetched.body, zone=one.person.zone)
    with gathered():
        if read is not None:
            said |= {"version": fetched.version, "passed_over": read.passed_over, "title": one.title or read.title}
            Foreign.objects.filter(subscription=one).delete()
            for event in read.events:
                event.subscription_id = one.pk
            # Whoever gave it up meanwhile has no place for them.
            if Subscription.objects.select_for_update().filter(pk=one.pk).exists():
                Foreign.objects.bulk_create(read.events, batch_size=500)
        Subscription.objects.filter(pk=one.pk).update(**said)
        touch("calendar.shared" if one.is_shared else "calendar", one.person_id)


def _fail(one: Subscription, problem: str) -> None:
    rest = clock.now() + rules.rests(one.failures + 1)
    with gathered():
        Subscription.objects.filter(pk=one.pk).update(problem=problem, failures=one.failures + 1, next_at=rest)
        touch("calendar.shared" if one.is_shared else "calendar", one.person_id)


def fetch(address: str, *, version: str = "", transport: httpx.BaseTransport | None = None) -> Fetched:
    """Ask for a calendar; `Trouble` says in words why there is none to be had."""
    host = httpx.URL(address).host
    ends_at = time.monotonic() + SECONDS_MAX
    try:
        with (
            httpx.Client(
                transport=transport or outside.Judged(inside=False),
                timeout=PAUSE_SECONDS,
                follow_redirects=True,
                max_redirects=REDIRECTS_MAX,
                headers={"Accept": "text/calendar, */*;q=0.1", **({"If-None-Match": version} if version else {})},
            ) as client,
            client.stream("GET", address) as answer,
        ):
            if answer.status_code == httpx.codes.NOT_MODIFIED:
                return Fetched(None)
            if answer.status_code != httpx.codes.OK:
                raise Trouble("caldav.subscription.answered", rules.ANSWERED, host=host, status=answer.status_code)
            return Fetched(_body(answer, host=host, ends_at=ends_at), answer.headers.get("ETag", ""))
    except Trouble as trouble:
        if not trouble.lasting:
            raise
        raise Trouble("caldav.subscription.inside", rules.INSIDE, host=host) from trouble
    except httpx.TooManyRedirects as failure:
        raise Trouble("caldav.subscription.redirects", rules.REDIRECTS, host=host) from failure
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        said = str(failure) or type(failure).__name__
        raise Trouble("caldav.subscription.silent", rules.SILENT, host=host, said=said) from failure


def _body(answer: httpx.Response, *, host: str, ends_at: float) -> bytes:
    body = b""
    for piece in answer.iter_bytes(65_536):
        body += piece
        if len(body) > BYTES_MAX:
            limit = BYTES_MAX // 1_000_000
            raise Trouble("caldav.subscription.too_big", rules.TOO_BIG, host=host, limit=limit)
        if time.monotonic() > ends_at:
            raise Trouble("caldav.subscription.too_slow", rules.TOO_SLOW, host=host, limit=SECONDS_MAX)
    return body
