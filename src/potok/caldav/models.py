"""Devices that come in by themselves, the names that they gave to things, and what they saw at their last visit;
calendars of others, which are read now and then.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from potok.calendar.public import Event


class Device(models.Model):
    """A phone or a program of a person, or an address that others read. Only a digest of its secret is kept."""

    objects: ClassVar[models.Manager["Device"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.TextField()
    # The one collection that a published address tells of, to be read only; empty for a device that comes in.
    reads = models.TextField(default="")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class Name(models.Model):
    """How a device that wrote a thing down called it: the last part of its address, and the name inside of it.

    What was written down here has none, and is called by its number.
    """

    objects: ClassVar[models.Manager["Name"]]
    kind = models.TextField()
    thing = models.BigIntegerField()
    name = models.TextField()
    uid = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "thing"], name="caldav_name_once")]
        indexes: ClassVar = [
            models.Index(fields=["kind", "name"], name="caldav_name_name"),
            models.Index(fields=["kind", "uid"], name="caldav_name_uid"),
        ]


class Snapshot(models.Model):
    """What stood in a collection when a device asked: what differs from it now is what the device has not seen."""

    objects: ClassVar[models.Manager["Snapshot"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    collection = models.TextField()
    token = models.TextField()
    # The tag of each thing, by its name.
    members = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "collection", "token"], name="caldav_snapshot_once")
        ]


class Subscription(models.Model):
    """A calendar that others publish: where it is, how it is drawn, and how the last reading went."""

    objects: ClassVar[models.Manager["Subscription"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.TextField()
    title = models.TextField(default="")
    colour = models.IntegerField(default=1)
    # Everybody who works here sees it, not only who subscribed.
    is_shared = models.BooleanField(default=False)
    hidden_by = ArrayField(models.BigIntegerField(), default=list)
    # By what the other side tells whether anything is new there.
    version = models.TextField(default="")
    read_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    # Why the last reading failed, in the language of its person, and how many have failed one after another.
    problem = models.TextField(default="")
    failures = models.IntegerField(default=0)
    # How many of its events say what cannot be kept here.
    passed_over = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], name="caldav_subscription_next")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "address"], name="caldav_subscription_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    @property
    def tone(self) -> str:
        """How the pages call its colour."""
        return f"tint-{self.colour}"


class Foreign(models.Model):
    """An event of such a calendar, as it was read last."""

    objects: ClassVar[models.Manager["Foreign"]]
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="events")
    title = models.TextField()
    text = models.TextField(default="")
    place = models.TextField(default="")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    whole_day = models.BooleanField(default=False)
    zone = models.TextField()
    repeats = models.TextField(default="")
    repeats_until = models.DateField(null=True)
    skipped = ArrayField(models.DateField(), default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subscription", "begins_at"], name="caldav_foreign_begins")]

    def __str__(self) -> str:
        return self.title

    def as_event(self) -> Event:
        """The same as an event of a calendar, which knows its times; it is kept nowhere."""
        return Event(**{name: getattr(self, name) for name in TIMED})


TIMED = ("title", "text", "place", "begins_at", "ends_at", "whole_day", "zone", "repeats", "repeats_until", "skipped")
