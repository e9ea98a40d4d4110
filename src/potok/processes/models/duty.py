"""Which workers are on duty, and which instances a worker died over."""

from typing import ClassVar

from django.db import models


class Shift(models.Model):
    """A worker that is at work. It holds the advisory lock of its number: a row whose lock is free was left by one that
    died. `server_started_at` tells a dead worker from a server that was started anew."""

    objects: ClassVar[models.Manager["Shift"]]
    server_started_at = models.DateTimeField()


class Attempt(models.Model):
    """How often a careful worker has begun to carry an instance without coming to an end."""

    objects: ClassVar[models.Manager["Attempt"]]
    instance_id = models.BigIntegerField(primary_key=True)
    count = models.SmallIntegerField()
