"""Tables of changes of many records: what was asked, and what became of each record."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from potok.records.bulk.rules import BUSY, Act, Outcome, State, Undone

PERSON = settings.AUTH_USER_MODEL


class BulkChange(models.Model):
    """One field of many records becomes one value, or all of them go to the trash.

    Which records these are was settled when it began: a line for each. `place` is the last line that was carried out
    in the present `state`.
    """

    objects: ClassVar[models.Manager["BulkChange"]]
    record_type = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    act = models.TextField(default=Act.CHANGE.value)
    field = models.TextField(default="")
    value = models.JSONField(null=True)
    state = models.TextField(default=State.RUNNING.value)
    total = models.IntegerField(default=0)
    place = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                name="records_bulk_busy",
                condition=models.Q(state__in=[one.value for one in BUSY]),
            )
        ]

    def owners(self) -> tuple[int | None, ...]:
        return (self.by_id,)


class BulkLine(models.Model):
    """One record: what it held before, what became of it, and why it was refused."""

    objects: ClassVar[models.Manager["BulkLine"]]
    of = models.ForeignKey(BulkChange, models.CASCADE, related_name="lines")
    record_id = models.BigIntegerField()
    outcome = models.TextField(default=Outcome.NONE.value, db_default=Outcome.NONE.value)
    before = models.JSONField(null=True)
    sentence = models.TextField(default="", db_default="")
    undone = models.TextField(default=Undone.NONE.value, db_default=Undone.NONE.value)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["of", "outcome", "id"], name="records_bulk_line_outcome")]
