"""Devices that come in by themselves, the names that they gave to things, and what they saw at their last visit."""

from typing import ClassVar

from django.conf import settings
from django.db import models


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
