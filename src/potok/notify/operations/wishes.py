"""How a person wants to be told: his choices, quiet hours and digest, what he muted, which browsers he uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.notify import routes, rules, subjects
from potok.notify.models import Delivery, Device, Muted, Notice, State, Wishes
from potok.people import public as people


@dataclass(frozen=True)
class Quiet:
    """Quiet hours on the person's own clock; without them nothing waits."""

    begins: time | None = None
    ends: time | None = None


@dataclass(frozen=True)
class Digest:
    """When the digest leaves: every day, or on a day of the week (0 is Monday)."""

    at: time = field(default=time(9))
    day: int | None = None


@operation("notify.wishes.change", needs="")
def change(
    call: Call,
    *,
    choices: Mapping[str, Mapping[str, Any]] | None = None,
    quiet: Quiet | None = None,
    digest: Digest | None = None,
    xmpp: str | None = None,
) -> Wishes:
    """Change how one is told oneself; what is not given stays. What waits for a digest waits for the new moment."""
    person = _own(call)
    row = Wishes.objects.get_or_create(person_id=person.pk)[0]
    if choices is not None:
        rules.check_choices(choices, subjects={one.name for one in subjects.SUBJECTS}, mail=routes.MAIL_CHOICES)
        row.choices = {name: dict(chosen) for name, chosen in choices.items()}
    if quiet is not None:
        if (quiet.begins is None) != (quiet.ends is None):
            raise rules.WRONG_HOURS(place="quiet_to" if quiet.ends is None else "quiet_from")
        row.quiet_from, row.quiet_to = quiet.begins, quiet.ends
    if xmpp is not None:
        row.xmpp = _free_address(xmpp, person=person.pk)
    if digest is not None:
        _keep_digest(call, row, digest, zone=person.zone)
    row.save()
    return row


@operation("notify.place.mute", needs="")
def mute(call: Call, *, notice: int) -> Muted:
    """Hear nothing more of the place to which one's own notice leads, except when called by name."""
    found = _notice(call, notice)
    if not found.url:
        raise rules.NO_PLACE()
    return Muted.objects.get_or_create(
        person_id=found.to_id, url=found.url, defaults={"title": found.text, "since": call.at}
    )[0]


@operation("notify.place.unmute", needs="")
def unmute(call: Call, *, muted: int) -> None:
    """Hear of a place again."""
    if not Muted.objects.filter(pk=muted, person=_own(call).pk).delete()[0]:
        raise MISSING(id=muted)


@operation("notify.device.add", needs="")
def add_device(call: Call, *, endpoint: str, public: str, shared: str, title: str = "") -> Device:
    """Take a browser in. One that somebody else used before is his no more."""
    person = _own(call)
    rules.check_device(endpoint=endpoint, public=public, shared=shared)
    if Device.objects.filter(person=person).exclude(endpoint=endpoint).count() >= rules.DEVICES_MAX:
        raise rules.DEVICES_MANY(most=rules.DEVICES_MAX)
    told = {"person": person, "public": public, "shared": shared, "title": title.strip()[:200], "added_at": call.at}
    device = Device.objects.update_or_create(endpoint=endpoint, defaults={**told, "problem": ""})[0]
    touch("person", person.pk)
    return device


@operation("notify.device.remove", needs="")
def remove_device(call: Call, *, device: int) -> None:
    """Tell a browser of one's own nothing more."""
    person = _own(call)
    if not Device.objects.filter(pk=device, person=person).delete()[0]:
        raise MISSING(id=device)
    touch("person", person.pk)


def _own(call: Call) -> people.Person:
    if call.author is None:
        raise rules.NOT_YOUR_OWN()
    return people.person(call.author)


def _notice(call: Call, notice: int) -> Notice:
    found = Notice.objects.filter(pk=notice).first()
    if found is None:
        raise MISSING(id=notice)
    if call.by not in (None, found.to_id):
        raise rules.NOT_YOURS()
    return found


def _free_address(text: str, *, person: int) -> str:
    address = rules.xmpp_address(text)
    if address and Wishes.objects.filter(xmpp=address).exclude(person=person).exists():
        raise rules.XMPP_TAKEN(place="xmpp", address=address)
    return address


def _keep_digest(call: Call, row: Wishes, digest: Digest, *, zone: str) -> None:
    row.digest_at, row.digest_day = digest.at, digest.day
    due = routes.next_digest(call.at, clock=digest.at, day=digest.day, zone=zone)
    gathered = Delivery.objects.filter(person=row.person_id, channel=routes.DIGEST, state=State.WAITING)
    gathered.update(due_at=due)
