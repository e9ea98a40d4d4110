"""What is counted while instances run: how long steps hold them, and how often steps are passed."""

from typing import ClassVar

from django.db import models


class Visit(models.Model):
    """One token at one step that holds it: a row when it begins to wait, its end when it goes on.

    `worked_seconds` is how long that was in the company's working time, reckoned in the background. No foreign keys:
    the rows are written by the worker, in the pipeline that keeps its turns.
    """

    objects: ClassVar[models.Manager["Visit"]]
    pk = models.CompositePrimaryKey("instance_id", "token")
    instance_id = models.BigIntegerField()
    token = models.IntegerField()
    version_id = models.BigIntegerField()
    node = models.IntegerField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    worked_seconds = models.IntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["version_id", "node"],
                name="processes_visit_here",
                condition=models.Q(ended_at=None),
            ),
            models.Index(
                fields=["version_id", "ended_at"],
                include=["node", "worked_seconds"],
                name="processes_visit_done",
                condition=models.Q(worked_seconds__isnull=False),
            ),
            models.Index(
                fields=["ended_at"],
                name="processes_visit_unreckoned",
                condition=models.Q(worked_seconds=None, ended_at__isnull=False),
            ),
        ]


class Tally(models.Model):
    """How often a step was passed on a day, by a batch of instances; the sum of the rows is the figure.

    Nobody changes a row that everybody changes: each batch adds its own, and the background adds them up.
    """

    objects: ClassVar[models.Manager["Tally"]]
    version_id = models.BigIntegerField()
    node = models.IntegerField()
    day = models.DateField()
    passed = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version_id", "day"], name="processes_tally_version")]
