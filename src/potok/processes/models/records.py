"""What is kept of what happened: the journal, incidents, and why a start did or did not take place."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

FOR_EVER = date(9999, 12, 31)


class Journal(models.Model):
    """One row an instance and transaction.

    `until` is the day from which the line may go, the first of a month; the table is partitioned by it, so that what
    the definition keeps for so many months is dropped by partition.
    """

    objects: ClassVar[models.Manager["Journal"]]
    pk = models.CompositePrimaryKey("instance_id", "number", "at")
    instance_id = models.BigIntegerField()
    number = models.IntegerField()
    at = models.DateTimeField()
    entries = models.TextField()
    told = models.TextField(db_default="")
    until = models.DateField(default=FOR_EVER)

    class Meta:
        ordering: ClassVar = ["instance_id", "number"]


class Incident(models.Model):
    """A step that failed and waits for an operator, or a start that the guard against chains stopped.

    `code` and `fields` say what happened, as in a refusal; without an instance, `definition` did not start.
    """

    objects: ClassVar[models.Manager["Incident"]]
    definition = models.ForeignKey("Definition", models.CASCADE, related_name="+")
    instance = models.ForeignKey("Instance", models.CASCADE, null=True, related_name="incidents", db_constraint=False)
    token = models.IntegerField(null=True)
    node = models.TextField(blank=True)
    code = models.TextField()
    fields = models.JSONField(default=dict)
    sentence = models.TextField(blank=True)
    record_type = models.TextField(blank=True)
    record_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolution = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["instance"], name="processes_incident_open", condition=models.Q(resolved_at=None)),
        ]

    def owners(self) -> tuple[int | None, ...]:
        """Whose it is, as far as permissions ask: who started the instance."""
        return (self.instance.initiator_id if self.instance else None,)


class StartLog(models.Model):
    """Why a definition started on a record, or did not: what the page *Why?* tells."""

    objects: ClassVar[models.Manager["StartLog"]]
    STARTED, SKIPPED, QUEUED, REPLACED, STOPPED = "started", "skipped", "queued", "replaced", "stopped"

    definition = models.ForeignKey("Definition", models.CASCADE, related_name="+")
    instance = models.ForeignKey("Instance", models.CASCADE, null=True, related_name="+", db_constraint=False)
    record_type = models.TextField(blank=True)
    record_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    outcome = models.TextField()
    # What the trigger said: `{"on": "became", "field": "stage", "now": …}`; who asked, when it was by hand.
    trigger = models.JSONField(default=dict)
    by_id = models.BigIntegerField(null=True)
    fields = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["record_type", "record_id", "at"], name="processes_startlog_record")]
