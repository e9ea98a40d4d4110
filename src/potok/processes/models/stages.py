"""Where instances drawn in stages stand, and what belongs to a run besides: its note, its links, who sees it."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class StageVisit(models.Model):
    """One stay of an instance on a stage, who was responsible for it and how it ended: a line of the protocol.

    A stage is not started, in progress (`begun_at`), or done (`left_at`); an instance is on one stage at a time.
    """

    objects: ClassVar[models.Manager["StageVisit"]]
    instance = models.ForeignKey("Instance", models.CASCADE, related_name="+", db_constraint=False)
    stage = models.TextField()
    title = models.TextField()
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    # The name of the result; the words of whatever else led on, such as a command.
    result = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instance"], name="processes_stagevisit_one", condition=models.Q(left_at=None)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["instance", "id"], name="processes_stagevisit_way")]

    @property
    def state(self) -> str:
        """`not_started`, `in_progress` or `done`."""
        if self.left_at is not None:
            return "done"
        return "in_progress" if self.begun_at is not None else "not_started"


class RunNote(models.Model):
    """One note that goes with an instance through all its stages."""

    objects: ClassVar[models.Manager["RunNote"]]
    instance = models.OneToOneField("Instance", models.CASCADE, primary_key=True, related_name="+", db_constraint=False)
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class RunLink(models.Model):
    """A record that belongs to an instance besides the one it is about: an invoice, a contract, an order."""

    objects: ClassVar[models.Manager["RunLink"]]
    instance = models.ForeignKey("Instance", models.CASCADE, related_name="+", db_constraint=False)
    record_type = models.TextField()
    record_id = models.BigIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instance", "record_type", "record_id"], name="processes_runlink_once"),
        ]


class Admission(models.Model):
    """Somebody who may see an instance though nothing was asked of him."""

    objects: ClassVar[models.Manager["Admission"]]
    instance = models.ForeignKey("Instance", models.CASCADE, related_name="+", db_constraint=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instance", "person"], name="processes_admission_person"),
        ]


class StageRight(models.Model):
    """Who alone may do something with the record while the instance is on its stage. None of a right: as everywhere."""

    objects: ClassVar[models.Manager["StageRight"]]
    instance = models.ForeignKey("Instance", models.CASCADE, related_name="+", db_constraint=False)
    record_type = models.TextField()
    record_id = models.BigIntegerField()
    right = models.TextField()
    people = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["record_type", "record_id"], name="processes_stageright_record")]
