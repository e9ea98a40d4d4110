"""Running instances on their way to another version: what was planned, and what became of each."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Migration(models.Model):
    """Instances of one version that go to another. `plan` says, by names of steps, where each goes.

    A trial moves them as well, and takes it back at once: it tells what would become of each.
    """

    objects: ClassVar[models.Manager["Migration"]]
    definition = models.ForeignKey("Definition", models.CASCADE, related_name="migrations")
    old = models.ForeignKey("Version", models.PROTECT, related_name="+")
    new = models.ForeignKey("Version", models.PROTECT, related_name="+")
    plan = models.JSONField(default=dict)
    # The migration whose way back this is.
    undoes = models.ForeignKey("self", models.SET_NULL, null=True, related_name="ways_back")
    is_trial = models.BooleanField(default=False, db_default=False)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Somebody said that it should go no further; then `ended_at` is the same moment.
    cancelled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="processes_migration_open", condition=models.Q(ended_at=None)),
        ]


class Migrant(models.Model):
    """One instance in a migration. `problems` says what kept it: code and fields of each; `before` and `after` are the
    titles of the steps at which it stood and stands."""

    objects: ClassVar[models.Manager["Migrant"]]
    # The numbers are stored. `GONE`: it came to its end, or follows another version already. `LEFT`: the migration was
    # stopped before it came to this one.
    WAITING, MOVED, REFUSED, GONE, LEFT = 0, 1, 2, 3, 4

    migration = models.ForeignKey(Migration, models.CASCADE, related_name="migrants")
    instance_id = models.BigIntegerField()
    outcome = models.SmallIntegerField(default=WAITING)
    problems = models.JSONField(default=list)
    before = models.JSONField(default=list, db_default=[])
    after = models.JSONField(default=list, db_default=[])
    at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["instance_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["migration", "instance_id"], name="processes_migrant_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["migration", "outcome"], name="processes_migrant_outcome")]
