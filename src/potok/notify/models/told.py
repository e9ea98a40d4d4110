"""What people are told and what waits for them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Notice(models.Model):
    """One message of the product to one person: what happened, why he is told, where it leads."""

    objects: ClassVar[models.Manager["Notice"]]
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.TextField(default="")
    text = models.TextField()
    # What is said where it leaves the site, if that is to be another text.
    outside = models.TextField(default="")
    why = models.TextField(default="")
    url = models.TextField(default="")
    record_type = models.TextField(default="")
    record_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    # When it is looked at, whether it has to be told elsewhere too; empty when that is settled.
    route_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["route_at"], name="notify_notice_route", condition=~Q(route_at=None)),
            models.Index(F("to"), F("sent_at").desc(), F("id").desc(), name="notify_notice_list"),
            models.Index(fields=["to"], name="notify_notice_unseen", condition=Q(seen_at=None)),
        ]

    def __str__(self) -> str:
        return self.text


class Waiting(models.Model):
    """One thing that waits for one person. All counters and the inbox read this table, so that they agree.

    `key` is given by the part that opened it (`task:12`) and closes it again.
    """

    objects: ClassVar[models.Manager["Waiting"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    subtitle = models.TextField(default="")
    url = models.TextField(default="")
    record_type = models.TextField(default="")
    record_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    # Until then it waits for nobody: it was put off, or it begins later.
    wakes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "person"], condition=Q(closed_at=None), name="notify_waiting_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "kind"], name="notify_waiting_open", condition=Q(closed_at=None)),
            models.Index(
                fields=["wakes_at"], name="notify_waiting_asleep", condition=Q(closed_at=None) & ~Q(wakes_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title
