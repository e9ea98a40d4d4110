"""The kit's tables: what happened, what is to leave the house, how far the clock is wound."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class EventRow(models.Model):
    """One announced event. Readers go by commit horizon: ids do not commit in order (engine.md §5a)."""

    objects: ClassVar[models.Manager["EventRow"]]
    name = models.TextField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    cause = models.JSONField(default=dict)
    depth = models.IntegerField(default=0)
    payload = models.JSONField(default=dict)

    class Meta:
        db_table = "kit_event"
        indexes: ClassVar = [models.Index(fields=["at"], name="kit_event_at")]


class Clock(models.Model):
    """One row where `potok_now()` runs ahead of the server's clock; none in a real installation."""

    objects: ClassVar[models.Manager["Clock"]]
    ahead = models.DurationField()

    class Meta:
        db_table = "kit_clock"


class Outgoing(models.Model):
    """A letter or call that leaves the house: made in the transaction that wants it, sent by a job after the commit."""

    objects: ClassVar[models.Manager["Outgoing"]]
    kind = models.TextField()
    payload = models.JSONField()
    key = models.TextField(unique=True)
    instance = models.BigIntegerField(null=True)
    token = models.IntegerField(null=True)
    made_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    problem = models.TextField(default="")

    class Meta:
        db_table = "kit_outgoing"
        indexes: ClassVar = [
            models.Index(fields=["made_at"], name="kit_outgoing_open", condition=models.Q(sent_at=None, failed_at=None))
        ]
