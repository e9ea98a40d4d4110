"""What leaves the database: a row in the transaction that wants it, one job that carries only the row's id.

The key is stable over retries and unique: the same letter asked for twice is one row. The job may run twice (a crash
between the other side's yes and our note of it), so handlers pass the key on to whoever can honour it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from potok.kit import clock, sets
from potok.kit.calls import Call
from potok.kit.errors import Defect, Trouble
from potok.kit.events import encode
from potok.kit.models import Outgoing
from potok.kit.registry import Registry

ATTEMPTS_MAX = 8
# A connection that broke under a job is nobody's fault: given up for it, the parcel would be on its way for ever.
PASSING = {Trouble, OperationalError, InterfaceError}
Handler = Callable[[Mapping[str, Any], str], None]
handlers: Registry[Handler] = Registry("outgoing kind")
_gave_up: list[Callable[[Outgoing, Trouble], None]] = []


@dataclass(frozen=True, slots=True)
class Parcel:
    """What to send: a registered kind, a JSON-able payload, and the key under which it is sent only once."""

    kind: str
    payload: Mapping[str, Any]
    key: str


def carries(kind: str) -> Callable[[Handler], Handler]:
    """Register who sends this kind: `handler(payload, key)`, raising `Trouble` when the world outside failed."""
    return lambda handler: handlers.add(kind, handler)


def gives_up(reaction: Callable[[Outgoing, Trouble], None]) -> Callable[[Outgoing, Trouble], None]:
    """Call this when a parcel failed for good, in the transaction that notes it: an incident, a notice."""
    _gave_up.append(reaction)
    return reaction


INSERT = """INSERT INTO kit_outgoing (kind, payload, key, instance, token, attempts, problem)
            SELECT *, 0, '' FROM unnest(%b::text[], %b::text[]::jsonb[], %b::text[], %b::bigint[], %b::int[])
            ON CONFLICT (key) DO NOTHING RETURNING id"""


def send(parcels: Sequence[tuple[Call, Parcel]]) -> None:
    """Write the rows and defer a job for each, in the caller's transaction."""
    rows = [(p.kind, encode(dict(p.payload)), p.key, c.cause.instance, c.cause.token) for c, p in parcels]
    for row in sorted(sets.ids(INSERT, rows)):
        carry.defer(outgoing=row)


@app.task(
    name="potok.kit.outbox.carry",
    retry=RetryStrategy(max_attempts=ATTEMPTS_MAX, exponential_wait=4, retry_exceptions=PASSING),
    pass_context=True,
)
def carry(context: Any, outgoing: int) -> None:
    """Send one row. A row that was sent, or is being sent by another worker, is left alone."""
    with transaction.atomic():
        row = Outgoing.objects.select_for_update(skip_locked=True).filter(pk=outgoing, sent_at=None, failed_at=None)
        parcel = row.first()
        if parcel is None:
            return
        trouble = _attempt(parcel)
        if trouble is None:
            Outgoing.objects.filter(pk=outgoing).update(sent_at=clock.now(), attempts=parcel.attempts + 1, problem="")
            return
        _note(parcel, trouble)
    if not trouble.lasting and parcel.attempts < ATTEMPTS_MAX:
        raise trouble


def _attempt(parcel: Outgoing) -> Trouble | None:
    handler = handlers.get(parcel.kind)
    if handler is None:
        raise Defect(f"nobody carries {parcel.kind}")
    try:
        handler(parcel.payload, parcel.key)
    except Trouble as trouble:
        return trouble
    return None


def _note(parcel: Outgoing, trouble: Trouble) -> None:
    parcel.attempts += 1
    parcel.problem = trouble.sentence()
    if trouble.lasting or parcel.attempts >= ATTEMPTS_MAX:
        parcel.failed_at = clock.now()
        for reaction in _gave_up:
            reaction(parcel, trouble)
    parcel.save(update_fields=["attempts", "problem", "failed_at"])
