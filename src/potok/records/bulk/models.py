"""Tables of changes of many records: what was asked, and what became of each record."""

from typing import ClassVar

from django.db import models

from potok.records.bulk.rules import RIGHTS, Act, Outcome
from potok.records.works.models import Work, busy_index
from potok.records.works.rules import Undone


class BulkChange(Work):
    """One field of many records becomes one value, or all of them go to the trash.

    Which records these are was settled when it began: a line for each.
    """

    topic = "bulk_change"
    act = models.TextField(default=Act.CHANGE.value)
    field = models.TextField(default="")
    value = models.JSONField(null=True)

    class Meta(Work.Meta):
        indexes: ClassVar = [busy_index("records_bulk_busy")]

    def needs(self) -> str:
        return f"{self.record_type}.{RIGHTS[Act(self.act)]}"


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
