"""Activities."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from potok.crm.activities import rules
from potok.engine.values import RecordRef
from potok.records.public import Record, record_indexes


class Activity(Record):
    """A call, meeting, letter or message: planned with a client, or done, with what came of it."""

    kind = models.TextField(default=rules.CALL)
    direction = models.TextField(default="")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    text = models.TextField(default="")
    result = models.TextField(default="")
    about = models.JSONField(default=list)
    # How long before it begins its person is reminded; the moment follows, and is gone once he was.
    remind_minutes = models.IntegerField(null=True)
    reminds_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            *record_indexes("activities"),
            GinIndex(fields=["about"], name="activities_about", opclasses=["jsonb_path_ops"]),
            models.Index(
                fields=["responsible", "starts_at"],
                name="activities_planned",
                condition=models.Q(done_at=None, removed_at=None),
            ),
            models.Index(fields=["reminds_at"], name="activities_reminds", condition=~models.Q(reminds_at=None)),
        ]

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def waits(self) -> bool:
        """Tell whether somebody is still to do it, at a certain time."""
        planned = self.done_at is None and self.removed_at is None and self.starts_at is not None
        return planned and self.responsible_id is not None

    def reminder(self) -> datetime | None:
        """When its person is to be reminded, if at all."""
        if not self.waits or self.starts_at is None or self.remind_minutes is None:
            return None
        return self.starts_at - timedelta(minutes=self.remind_minutes)

    def refs(self) -> tuple[RecordRef, ...]:
        """The records that it is about."""
        named = (text.rpartition(":") for text in self.about)
        return tuple(RecordRef(name, int(number)) for name, _, number in named)
