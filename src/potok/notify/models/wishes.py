"""How a person wants to be told."""

from datetime import time
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Wishes(models.Model):
    """What a person chose; without a row all is as usual. `choices` are by subject: `{"tasks": {"mail": "digest"}}`.

    Times are the person's own, in his zone. Without `quiet_from` there are no quiet hours.
    """

    objects: ClassVar[models.Manager["Wishes"]]
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    choices: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    digest_day = models.SmallIntegerField(null=True)  # 0 is Monday; none is every day
    digest_at = models.TimeField(default=time(9))
    xmpp = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["xmpp"], condition=~Q(xmpp=""), name="notify_wishes_xmpp"),
        ]


class Muted(models.Model):
    """A place of which a person wants to hear nothing: a record, a task, by the path where it is looked at."""

    objects: ClassVar[models.Manager["Muted"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    url = models.TextField()
    title = models.TextField(default="")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "url"], name="notify_muted_once")]

    def owners(self) -> tuple[int, ...]:
        return (self.person_id,)


class Device(models.Model):
    """A browser that takes notices while no page of the product is open in it."""

    objects: ClassVar[models.Manager["Device"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.TextField(default="")
    endpoint = models.TextField(unique=True)
    public = models.TextField()
    shared = models.TextField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    def owners(self) -> tuple[int, ...]:
        return (self.person_id,)
