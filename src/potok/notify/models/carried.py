"""What is carried further than the site: deliveries, and how the channels are."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from .told import Notice


class State(models.TextChoices):
    """Where a delivery is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    # The person read the notice on the site before, or is not there any more.
    UNNEEDED = "unneeded"


class Delivery(models.Model):
    """One notice that is to reach its person through one channel. There is at most one of a notice and a channel, so
    that nothing is told twice; what waits for one person goes in the order of its ids."""

    objects: ClassVar[models.Manager["Delivery"]]
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.TextField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    problem = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notify_delivery_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "person", "id"], name="notify_delivery_open", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["channel", "id"], name="notify_delivery_lost", condition=models.Q(state="failed")),
        ]


class Channel(models.Model):
    """How a channel is set and how it does. `secret` is sealed; `holder` is the worker that keeps its connection."""

    objects: ClassVar[models.Manager["Channel"]]
    name = models.TextField(primary_key=True)
    is_on = models.BooleanField(default=False)
    settings: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    secret = models.TextField(default="")
    is_up = models.BooleanField(default=True)
    problem = models.TextField(default="")
    since = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    holder = models.TextField(default="")
    beat_at = models.DateTimeField(null=True)


class Connection(models.Model):
    """Somebody is connected by XMPP now. Believed only while the worker that noted it shows that it lives."""

    objects: ClassVar[models.Manager["Connection"]]
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()
