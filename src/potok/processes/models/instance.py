"""One execution, and its variables in a row of their own."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Standing(models.IntegerChoices):
    """Where an instance stands. The first five are the engine's `Status`; the numbers are stored."""

    RUNNING = 0
    WAITING = 1
    STUCK = 2
    COMPLETED = 3
    TERMINATED = 4
    QUEUED = 5  # another instance of the definition runs on the record, and this one comes after it


class Instance(models.Model):
    """One execution of a version. An empty `state` is an instance that has not taken its first step.

    No index may touch what changes at a step (`state`, `status`, `status_text`, `lines`): all updates but the last
    are then heap-only (engine.md §3).
    """

    objects: ClassVar[models.Manager["Instance"]]
    definition = models.ForeignKey("Definition", models.PROTECT, related_name="+")
    version = models.ForeignKey("Version", models.PROTECT, related_name="+", db_index=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    parent_token = models.IntegerField(null=True)
    record_type = models.TextField(blank=True)
    record_id = models.BigIntegerField(null=True)
    initiator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cause = models.JSONField(default=dict)
    depth = models.IntegerField(default=0)
    status = models.SmallIntegerField(choices=Standing.choices, default=Standing.RUNNING)
    state = models.BinaryField(default=b"")
    status_text = models.TextField(blank=True)
    lines = models.IntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # The record lies in the trash, or an operator holds the instance.
    suspended_at = models.DateTimeField(null=True)
    # The operator; None: it goes on when its record comes back from the trash.
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["record_type", "record_id", "definition"], name="processes_instance_record"),
            # In the order in which rows come: one that runs against it is left half empty.
            models.Index(fields=["id"], name="processes_instance_alive", condition=models.Q(ended_at=None)),
            # Most have none of these: a million sleepers weigh less.
            models.Index(
                fields=["parent"], name="processes_instance_children", condition=models.Q(parent__isnull=False)
            ),
            models.Index(
                fields=["suspended_by"], name="processes_instance_held", condition=models.Q(suspended_by__isnull=False)
            ),
        ]

    @property
    def is_over(self) -> bool:
        return self.status in (Standing.COMPLETED, Standing.TERMINATED)

    def owners(self) -> tuple[int | None, ...]:
        """Whose it is, as far as permissions ask: who started it."""
        return (self.initiator_id,)


class Variables(models.Model):
    """All values of an instance by source and name, as bytes of JSON; written only when one changed."""

    objects: ClassVar[models.Manager["Variables"]]
    instance = models.OneToOneField(Instance, models.CASCADE, primary_key=True, related_name="variables")
    data = models.BinaryField(default=b"{}")


class LocalValues(models.Model):
    """Values that belong to one item of a list, or a share of the list itself; gone when the list is done.

    `scope` is a number of the instance's own sequence.
    """

    objects: ClassVar[models.Manager["LocalValues"]]
    instance = models.ForeignKey(Instance, models.CASCADE, related_name="+", db_index=False)
    scope = models.IntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instance", "scope"], name="processes_localvalues_scope")
        ]
