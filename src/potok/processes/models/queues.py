"""What wakes instances. Rows live from one step to the next; only who holds the instance's lock removes them.

No foreign keys here: the check would lock the instance's row for whoever adds a row, and nobody may wait for a worker.
"""

from typing import ClassVar

from django.db import models


class Ready(models.Model):
    """An instance that has something to do by itself: its first step, or to go on."""

    objects: ClassVar[models.Manager["Ready"]]
    instance_id = models.BigIntegerField()
    due = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due", "id"], name="processes_ready_due"),
            models.Index(fields=["instance_id"], name="processes_ready_instance"),
        ]


class Timer(models.Model):
    """A token that sleeps until a moment. A stale one wakes nobody."""

    objects: ClassVar[models.Manager["Timer"]]
    pk = models.CompositePrimaryKey("instance_id", "token")
    instance_id = models.BigIntegerField()
    token = models.IntegerField()
    due = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due"], name="processes_timer_due")]


class Inbox(models.Model):
    """An event from outside, in the transaction in which it happened; `kind` is a word of `wakes.py`."""

    objects: ClassVar[models.Manager["Inbox"]]
    instance_id = models.BigIntegerField()
    kind = models.TextField()
    token = models.IntegerField(default=0)
    payload = models.TextField(default="{}")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["instance_id", "id"], name="processes_inbox_instance")]


class Subscription(models.Model):
    """A token that listens: to an event whose values match, or to fields of a record.

    `key` is one `name=value` of what it waits for, so that a match is found by index; the rest is compared in memory.
    """

    objects: ClassVar[models.Manager["Subscription"]]
    pk = models.CompositePrimaryKey("instance_id", "token")
    instance_id = models.BigIntegerField()
    token = models.IntegerField()
    event = models.TextField()
    key = models.TextField()
    where = models.JSONField(default=dict)
    watches = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["event", "key"], name="processes_subscription_key")]
