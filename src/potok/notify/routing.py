"""The loop that decides how unread notices go on: after they were sent, when quiet hours end, when somebody has left.

What was decided lies in `Delivery`; the channels carry it. A crash loses nothing: a notice keeps its `route_at` until
the transaction that settles it commits.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from potok.kit import clock, sets
from potok.kit.events import gathered
from potok.kit.loops import rounds
from potok.notify import routes, subjects
from potok.notify.channels import channels
from potok.notify.models import Channel, Connection, Delivery, Device, Notice, State, Wishes
from potok.notify.routes import Choice, Route, Standing
from potok.people import public as people

BATCH = 500
# A worker that keeps connections says so every few seconds; after so long nobody believes what it knew.
BELIEVED = timedelta(seconds=30)
DUE = """SELECT id FROM notify_notice WHERE route_at <= (SELECT potok_now()) ORDER BY route_at, id LIMIT %b
         FOR UPDATE SKIP LOCKED"""
SETTLE = """UPDATE notify_notice n SET route_at = r.at FROM unnest(%b::bigint[], %b::timestamptz[]) r(id, at)
            WHERE n.id = r.id"""
INSERT = """INSERT INTO notify_delivery (notice_id, person_id, channel, state, made_at, due_at, attempts, problem)
            SELECT *, 0, '' FROM unnest(%b::bigint[], %b::bigint[], %b::text[], %b::text[], %b::timestamptz[],
            %b::timestamptz[]) ON CONFLICT (notice_id, channel) DO NOTHING"""


@rounds("routing", rest_seconds=1.0)
def serve() -> int:
    """Decide about what is due; answers about how many notices it has."""
    with gathered():
        due = sets.ids(DUE, (), BATCH)
        if due:
            _settle(list(Notice.objects.filter(pk__in=due).order_by("pk")), at=clock.now())
    return len(due)


@dataclass
class Known:
    """What is known about the people of one batch, in one question each."""

    people: Mapping[int, people.Person]
    wishes: Mapping[int, Wishes]
    seen: Mapping[int, datetime]
    on_xmpp: set[int]
    devices: set[int]
    ready: set[str]
    tried: dict[int, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))

    def standing(self, person: int) -> Standing:
        """How this person can be reached now."""
        return Standing(
            here_until=self.seen.get(person),
            on_xmpp=person in self.on_xmpp,
            has_device=routes.PUSH in self.ready and person in self.devices,
            has_mail=routes.MAIL in self.ready and bool(self.people[person].email),
        )


def _settle(notices: Sequence[Notice], *, at: datetime) -> None:
    known = _known(notices, at=at)
    decided = [(one, _route(one, known, at=at)) for one in notices]
    rows = [
        (one.pk, one.to_id, channel, State.WAITING.value, at, _due(known, one.to_id, channel, at=at))
        for one, route in decided
        for channel in route.by
    ]
    if rows:
        sets.execute(INSERT, rows)
    sets.execute(SETTLE, [(one.pk, route.again_at) for one, route in decided])


def _route(one: Notice, known: Known, *, at: datetime) -> Route:
    person = known.people.get(one.to_id)
    if one.seen_at is not None or person is None or not person.is_active:
        return Route()
    wishes = known.wishes.get(one.to_id) or Wishes()
    quiet = routes.quiet_until(at, begins=wishes.quiet_from, ends=wishes.quiet_to, zone=person.zone)
    return routes.decide(
        at=at,
        sent_at=one.sent_at,
        choice=choice(wishes, kind=one.kind),
        standing=known.standing(one.to_id),
        tried=known.tried.get(one.pk),
        quiet_until=quiet,
    )


def choice(wishes: Wishes, *, kind: str) -> Choice:
    """How a person wants to hear of this kind; what he did not choose is as usual."""
    chosen: dict[str, Any] = wishes.choices.get(subjects.subject(kind), {})
    return Choice(**chosen)


def _due(known: Known, person: int, channel: str, *, at: datetime) -> datetime:
    if channel != routes.DIGEST:
        return at
    wishes = known.wishes.get(person) or Wishes()
    zone = known.people[person].zone
    return routes.next_digest(at, clock=wishes.digest_at, day=wishes.digest_day, zone=zone)


def _known(notices: Sequence[Notice], *, at: datetime) -> Known:
    whom = {one.to_id for one in notices}
    ready = {name for name, channel in channels.all().items() if channel.is_ready()}
    known = Known(
        people=people.by_id(whom),
        wishes=Wishes.objects.in_bulk(whom),
        seen=people.here_until(whom),
        on_xmpp=_on_xmpp(whom, at=at) if routes.XMPP in ready else set(),
        devices=set(Device.objects.filter(person__in=whom).values_list("person", flat=True)),
        ready=ready,
    )
    for one in Delivery.objects.filter(notice__in=[each.pk for each in notices]):
        known.tried[one.notice_id][one.channel] = one.state in (State.WAITING, State.SENT)
    return known


def _on_xmpp(whom: set[int], *, at: datetime) -> set[int]:
    believed = Channel.objects.filter(pk=routes.XMPP, is_up=True, beat_at__gte=at - BELIEVED).exists()
    connected = Connection.objects.filter(person__in=whom).values_list("person", flat=True)
    return set(connected) if believed else set()
