"""What the connection to the XMPP server reads from the database and notes in it, each in a transaction of its own."""

import os
import socket
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q

from potok.kit import clock
from potok.kit.errors import Trouble
from potok.kit.words import _
from potok.notify import carrying, routes
from potok.notify.channels import state, xmpp
from potok.notify.channels.xmpp import Setting
from potok.notify.models import Channel, Connection, Delivery, Notice, State, Wishes

MOST = 200
ME = f"{socket.gethostname()}:{os.getpid()}"
# Who keeps the connection says so every few seconds; whoever falls silent has lost it.
SILENT = timedelta(seconds=30)
# After the connection was opened it takes a moment until all are back and have said so.
GREETING = timedelta(seconds=30)
LOST_DATABASE = _("The database cannot be reached.")
BOUNCED = _("The XMPP server does not deliver it: {said}")
T = TypeVar("T")


def closing(act: Callable[..., T], *given: object) -> T:
    """Do one thing in a transaction and give the connection back."""
    try:
        with transaction.atomic():
            return act(*given)
    except (OperationalError, InterfaceError) as failure:
        raise Trouble("notify.no_database", LOST_DATABASE) from failure
    finally:
        connection.close()


def take() -> Setting | None:
    """Become the keeper of the connection, when there is to be one and nobody else keeps it."""
    now = clock.now()
    free = Q(holder__in=("", ME)) | Q(beat_at=None) | Q(beat_at__lt=now - SILENT)
    rested = Q(next_at=None) | Q(next_at__lte=now)
    mine = Channel.objects.filter(free, rested, pk=routes.XMPP, is_on=True)
    return xmpp.setting() if mine.update(holder=ME, beat_at=now) else None


def opened() -> None:
    """Note that we are connected. Who was connected before is not known any more."""
    Connection.objects.all().delete()
    Channel.objects.filter(pk=routes.XMPP).update(
        is_up=True, problem="", since=clock.now(), attempts=0, next_at=None, beat_at=clock.now()
    )


def lost(trouble: Trouble) -> None:
    """Note that we are not connected any more, and so nobody to us."""
    Connection.objects.all().delete()
    state.failed(routes.XMPP, trouble=trouble)


def release() -> None:
    """Let another worker keep the connection."""
    if Channel.objects.filter(pk=routes.XMPP, holder=ME).update(holder="", beat_at=None):
        Connection.objects.all().delete()


def beat(setting: Setting) -> bool:
    """Say that we keep it still; False if it is set otherwise now, or another's."""
    mine = Channel.objects.filter(pk=routes.XMPP, holder=ME, is_on=True).update(beat_at=clock.now())
    return bool(mine) and xmpp.setting() == setting


def addresses() -> dict[str, int]:
    """Whose address is whose, of all who may come in."""
    known = Wishes.objects.filter(person__is_active=True).exclude(xmpp="")
    return dict(known.values_list("xmpp", "person"))


def note(heard: Mapping[int, bool]) -> None:
    """Note who is connected, and who is not any more."""
    here = [person for person, is_here in heard.items() if is_here]
    now = clock.now()
    Connection.objects.bulk_create([Connection(person_id=one, since=now) for one in here], ignore_conflicts=True)
    Connection.objects.filter(person__in=set(heard) - set(here)).delete()


def next_messages() -> dict[int, tuple[str, str]]:
    """Take what goes next: by delivery the address and the text. What cannot go now looks for another way."""
    found = carrying.waiting(routes.XMPP, most=MOST)
    if not found:
        return {}
    carrying.end([one.pk for one in found if carrying.unneeded(one)], as_=State.UNNEEDED)
    rest = [one for one in found if not carrying.unneeded(one)]
    wishes = Wishes.objects.in_bulk([one.person_id for one in rest])
    here = set(Connection.objects.filter(person__in=wishes).values_list("person", flat=True))
    ready = [one for one in rest if one.person_id in here]
    _turn_away([one for one in rest if one.person_id not in here])
    Delivery.objects.filter(pk__in=[one.pk for one in ready]).update(attempts=F("attempts") + 1)
    return {one.pk: (wishes[one.person_id].xmpp, xmpp.body(one.notice)) for one in ready if wishes[one.person_id].xmpp}


def arrived(deliveries: Sequence[int]) -> None:
    """Note what the server has taken."""
    waits = Delivery.objects.filter(pk__in=deliveries, state=State.WAITING)
    waits.update(state=State.SENT, problem="", ended_at=clock.now())


def bounced(back: Mapping[int, str]) -> None:
    """Note what came back, and let it look for another way."""
    for one in Delivery.objects.filter(pk__in=back).exclude(state=State.FAILED):
        said = Trouble("notify.bounced", BOUNCED, said=back[one.pk])
        Delivery.objects.filter(pk=one.pk).update(state=State.FAILED, problem=said.sentence(), ended_at=clock.now())
        Notice.objects.filter(pk=one.notice_id, seen_at=None).update(route_at=clock.now())


def _turn_away(left: Sequence[Delivery]) -> None:
    """Whoever was connected has gone: his notices go another way, once all had time to say that they are there."""
    row = state.state(routes.XMPP)
    if row.since is None or clock.now() - row.since < GREETING:
        return
    Notice.objects.filter(pk__in=[one.notice_id for one in left], seen_at=None).update(route_at=clock.now())
    Delivery.objects.filter(pk__in=[one.pk for one in left], state=State.WAITING).delete()
