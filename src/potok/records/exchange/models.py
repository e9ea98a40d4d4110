"""Tables of imports: what was sent, how it is read, what becomes of each row."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Value

from potok.records.exchange.permissions import EVERYTHING
from potok.records.exchange.rules import Match, Outcome
from potok.records.works.models import Work, busy_index
from potok.records.works.rules import State, Undone

PERSON = settings.AUTH_USER_MODEL


class Import(Work):
    """One file on its way into records of a type.

    `columns` names a field, or nothing, for each heading; `usual` holds values for all rows; `keys` the fields that
    tell records apart.
    """

    topic = "import"
    state = models.TextField(default=State.MAPPING.value)
    name = models.TextField()
    encoding = models.TextField(default="")
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    usual = models.JSONField(default=dict)
    keys = models.JSONField(default=list)
    on_match = models.TextField(default=Match.UPDATE.value)
    starts_processes = models.BooleanField(default=False)

    class Meta(Work.Meta):
        indexes: ClassVar = [busy_index("records_import_busy")]

    def needs(self) -> str:
        return f"{self.record_type}.import"


class ImportLine(models.Model):
    """One row of the file: its cells, what becomes of it and what it changes."""

    objects: ClassVar[models.Manager["ImportLine"]]
    of = models.ForeignKey(Import, models.CASCADE, related_name="lines")
    number = models.IntegerField()
    cells = models.JSONField()
    # What the person has said becomes of it, where he wants to be asked.
    answer = models.TextField(default="", db_default="")
    # Why the row waits, the records that it may be about, and the one of them that the person has chosen.
    waits = models.TextField(default="", db_default="")
    candidates = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    chosen_id = models.BigIntegerField(null=True)
    outcome = models.TextField(default=Outcome.NONE.value)
    is_kept = models.BooleanField(default=False)
    record_id = models.BigIntegerField(null=True)
    revision = models.IntegerField(default=0)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    undone = models.TextField(default=Undone.NONE.value)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "number"], name="records_import_line_once")]
        indexes: ClassVar = [models.Index(fields=["of", "outcome", "number"], name="records_import_line_outcome")]


class ImportKey(models.Model):
    """The first row of a file under a key: two rows of one key are about the same record."""

    objects: ClassVar[models.Manager["ImportKey"]]
    of = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)
    key = models.TextField(db_collation="C")
    number = models.IntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "key"], name="records_import_key_once")]


class ColumnMemory(models.Model):
    """Which field a person last chose for a heading."""

    objects: ClassVar[models.Manager["ColumnMemory"]]
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    record_type = models.TextField()
    heading = models.TextField()
    field = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "record_type", "heading"], name="records_column_memory_once")
        ]


class Export(Work):
    """All records of all types that one person may take out of the house, in one file that is kept for some days.

    `place` counts the records that are written; `file` is the name in the folder of exports, once it is whole.
    """

    topic = "export"
    can_be_undone = False
    record_type = models.TextField(default="")
    file = models.TextField(default="")
    size_bytes = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)

    class Meta(Work.Meta):
        indexes: ClassVar = [busy_index("records_export_busy")]

    def needs(self) -> str:
        return EVERYTHING
