"""Activities."""

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

    class Meta:
        indexes: ClassVar = [
            *record_indexes("activities"),
            GinIndex(fields=["about"], name="activities_about", opclasses=["jsonb_path_ops"]),
            models.Index(
                fields=["responsible", "starts_at"],
                name="activities_planned",
                condition=models.Q(done_at=None, removed_at=None),
            ),
        ]

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def refs(self) -> tuple[RecordRef, ...]:
        """The records that it is about."""
        named = (text.rpartition(":") for text in self.about)
        return tuple(RecordRef(name, int(number)) for name, _, number in named)
