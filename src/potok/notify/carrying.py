"""How a channel carries its deliveries: in order for each person, once, again after a failure. The part that has the
channel serves it in a loop of its own, so that a slow one holds no other.

One delivery a transaction: a crash between the other side's yes and our note repeats that one only, under the same
identity, so that it is shown once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F

from potok.kit import clock, sets
from potok.kit.errors import Trouble
from potok.kit.events import gathered
from potok.notify import routes
from potok.notify.channels import Channel, Unreached, state
from potok.notify.models import Delivery, Notice, State
from potok.people.public import Person

ATTEMPTS_MAX = 8
# Two workers on one channel would overtake each other: whoever holds this lock carries.
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('notify.channel'), hashtext(%b::text))"
KEPT = timedelta(days=1)
# The oldest of a person goes first, and holds those behind it while it is tried again. What was tried before lets
# others pass: if it is the one that breaks the channel, it breaks it for itself.
NEXT = """SELECT d.id FROM notify_delivery d WHERE d.channel = %b AND d.state = 'waiting'
    AND d.due_at <= (SELECT potok_now()) AND NOT EXISTS (
        SELECT FROM notify_delivery e WHERE e.channel = d.channel AND e.person_id = d.person_id AND e.state = 'waiting'
        AND e.id < d.id) ORDER BY d.attempts, d.id LIMIT %b"""


def serve(channel: Channel) -> int:
    """Carry what is next on a channel; answers how many deliveries that settled."""
    row = state.state(channel.name)
    if not channel.is_ready() or state.rests(row, at=clock.now()):
        return 0
    with gathered():
        if not sets.execute(LOCK, (), channel.name).fetchone()[0]:  # type: ignore[index]
            return 0
        return _carry_next(channel)


def waiting(channel: str, *, most: int) -> list[Delivery]:
    """What goes next on a channel, at most one for each person, the oldest first."""
    found = sorted(sets.ids(NEXT, (), channel, most))
    return list(Delivery.objects.filter(pk__in=found).select_related("notice", "person").order_by("pk"))


def unneeded(delivery: Delivery) -> bool:
    """Tell whether its person has read it meanwhile, or works here no more."""
    return delivery.notice.seen_at is not None or not delivery.person.is_active


def end(deliveries: Sequence[int], *, as_: State, problem: str = "") -> None:
    """Settle deliveries for good."""
    waits = Delivery.objects.filter(pk__in=deliveries, state=State.WAITING)
    waits.update(state=as_, problem=problem, ended_at=clock.now(), attempts=F("attempts") + 1)


def give_up(delivery: Delivery, *, trouble: Trouble) -> None:
    """Settle a delivery that nobody takes; the notice is looked at again for another way."""
    end([delivery.pk], as_=State.FAILED, problem=trouble.sentence())
    Notice.objects.filter(pk=delivery.notice_id, seen_at=None).update(route_at=clock.now())


def _carry_next(channel: Channel) -> int:
    first = next(iter(waiting(channel.name, most=1)), None)
    if first is None:
        return 0
    due = _due(first, at=clock.now()) if channel.gathers else [first]
    wanted = [one for one in due if not unneeded(one)]
    if len(wanted) < len(due):
        end([one.pk for one in due if one not in wanted], as_=State.UNNEEDED)
    if wanted:
        _carry(channel, wanted[0].person, wanted)
    return len(due)


def _due(first: Delivery, *, at: datetime) -> list[Delivery]:
    mine = Delivery.objects.filter(channel=first.channel, person=first.person_id, state=State.WAITING, due_at__lte=at)
    return list(mine.select_related("notice", "person").order_by("pk"))


def _carry(channel: Channel, person: Person, deliveries: Sequence[Delivery]) -> None:
    assert channel.carry is not None
    try:
        channel.carry(person, [one.notice for one in deliveries])
    except Trouble as trouble:
        _failed(channel, deliveries, trouble)
        return
    end([one.pk for one in deliveries], as_=State.SENT)
    state.worked(channel.name)


def _failed(channel: Channel, deliveries: Sequence[Delivery], trouble: Trouble) -> None:
    alone = isinstance(trouble, Unreached)
    if not alone and not trouble.lasting:
        state.failed(channel.name, trouble=trouble)
    for one in deliveries:
        is_old = max(one.made_at, one.due_at) < clock.now() - KEPT
        if trouble.lasting or (alone and one.attempts + 1 >= ATTEMPTS_MAX) or is_old:
            give_up(one, trouble=trouble)
        else:
            again_at = clock.now() + routes.pause(one.attempts + 1) if alone else one.due_at
            Delivery.objects.filter(pk=one.pk).update(
                attempts=F("attempts") + 1, problem=trouble.sentence(), due_at=again_at
            )
