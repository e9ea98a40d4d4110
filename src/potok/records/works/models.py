"""What the tables of works share."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from potok.records.works.rules import BUSY, State


class Work(models.Model):
    """Something done to many rows of a type, a line for each; `place` is the last line that was carried out in the
    present `state`."""

    objects: ClassVar[models.Manager[Any]]
    topic: ClassVar[str]
    can_be_undone: ClassVar[bool] = True
    lines: Any
    record_type = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    state = models.TextField(default=State.RUNNING.value)
    total = models.IntegerField(default=0)
    place = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-id"]

    def owners(self) -> tuple[int | None, ...]:
        return (self.by_id,)

    def needs(self) -> str:
        """The permission without which nobody begins it, stops it or takes it back."""
        raise NotImplementedError


def busy_index(name: str) -> models.Index:
    """By this the loop finds what there is to do."""
    return models.Index(fields=["id"], name=name, condition=models.Q(state__in=[one.value for one in BUSY]))
