"""Devices: connected, disconnected, and let in by a password of their own, which reaches nothing but calendars."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from potok.caldav import collections, rules
from potok.caldav.models import Device
from potok.kit import clock, ids
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.people.public import Bucket, Person

# Only what was wrong counts: a phone signs every one of its questions.
WRONG_BY_ADDRESS = Bucket("caldav address", size=20, seconds=30)
WRONG_BY_LOGIN = Bucket("caldav login", size=20, seconds=30)
SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Connected:
    """A new device and its password, which is nowhere else."""

    device: Device
    password: str


@operation("caldav.device.add", needs="")
def add(call: Call, *, title: str, reads: str = "") -> Connected:
    """Connect a device of one's own: answers with the password that it is given once.

    With the code of a collection in `reads` it is no device but an address: whoever knows it reads that collection.
    """
    person = Person.objects.filter(pk=call.by or 0, is_active=True, is_external=False).first()
    if person is None:
        raise rules.NOBODY()
    named = rules.tidy_title(title)
    if of(person.pk).count() >= rules.DEVICES_MAX:
        raise rules.TOO_MANY(limit=rules.DEVICES_MAX)
    if reads and reads not in {one.code for one in collections.of(person)}:
        raise rules.NO_COLLECTION(place="reads")
    password = ids.new_secret()
    device = Device.objects.create(person=person, title=named, reads=reads, digest=_digest(password), made_at=call.at)
    return Connected(device, password)


@operation("caldav.device.revoke", needs="")
def revoke(call: Call, *, device: Device) -> Device:
    """Disconnect a device of one's own: its password lets nobody in any more."""
    if device.person_id != call.by or not of(device.person_id).filter(pk=device.pk).update(revoked_at=call.at):
        raise rules.NOT_YOURS()
    device.refresh_from_db()
    return device


def of(person: int) -> QuerySet[Device]:
    """The devices of a person that may come in, the latest first."""
    return Device.objects.filter(person=person, revoked_at=None).order_by("-made_at", "-pk")


def admitted(login: str, *, password: str) -> Person | None:
    """Whose device this is, by the e-mail and the password of the device; None for a wrong one."""
    email = login.strip().lower()
    device = _known(password).filter(reads="", person__email=email).first()
    return _seen(device).person if device else None


def published(secret: str) -> Device | None:
    """The address with this secret, if it is still published."""
    device = _known(secret).exclude(reads="").first()
    return _seen(device) if device else None


def _known(secret: str) -> QuerySet[Device]:
    there = Device.objects.filter(digest=_digest(secret), revoked_at=None).select_related("person")
    return there.filter(person__is_active=True, person__is_external=False)


def _seen(device: Device) -> Device:
    if device.seen_at is None or clock.now() - device.seen_at > SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(seen_at=clock.now())
    return device


def is_over(login: str, *, address: str) -> bool:
    """Count a wrong password; tell whether there were too many."""
    return not (WRONG_BY_ADDRESS.take(address) and WRONG_BY_LOGIN.take(login.strip().lower()))


def _digest(password: str) -> bytes:
    return hashlib.sha256(password.replace(" ", "").encode()).digest()
