"""What waits to start a definition: values that have to stay, the next moments of schedules, starts on many records."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Stay(models.Model):
    """A value of a record that starts a definition if it is still there when `due` comes.

    The row goes in the transaction in which the value does, so whoever finds it due need not look at the record.
    """

    objects: ClassVar[models.Manager["Stay"]]
    definition = models.ForeignKey("Definition", models.CASCADE, related_name="+")
    # What tells the trigger from others of its definition: the text in which it would be written.
    trigger = models.TextField()
    record_type = models.TextField()
    record_id = models.BigIntegerField()
    since = models.DateTimeField()
    due = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record_type", "record_id", "definition", "trigger"], name="processes_stay_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due"], name="processes_stay_due")]


class StartDraft(models.Model):
    """What a person has typed into the form that starts a definition and not sent; it opens on any machine."""

    objects: ClassVar[models.Manager["StartDraft"]]
    definition = models.ForeignKey("Definition", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    typed = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "definition"], name="processes_start_draft_once"),
        ]


class Planned(models.Model):
    """A trigger of time that a definition has been armed with; of a schedule, the moment at which it starts next."""

    objects: ClassVar[models.Manager["Planned"]]
    definition = models.ForeignKey("Definition", models.CASCADE, related_name="+")
    trigger = models.TextField()
    due = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["definition", "trigger"], name="processes_planned_once"),
        ]


class StartList(models.Model):
    """Starts of one definition that were asked at once and wait for their turn, or for a record that somebody holds.

    Until `begun_at` it is a choice of records that a person has not yet done anything with. `call` is who asked, and
    why; `is_shown` those that people ask for and follow, the others go when they are done.
    """

    objects: ClassVar[models.Manager["StartList"]]
    definition = models.ForeignKey("Definition", models.CASCADE, null=True, related_name="+")
    record_type = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    a_minute = models.IntegerField(default=0)
    is_shown = models.BooleanField(default=False)
    call = models.JSONField(default=dict)
    trigger = models.JSONField(default=dict)
    inputs = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]

    def owners(self) -> tuple[int | None, ...]:
        return (self.by_id,)


class StartLine(models.Model):
    """One record of such a list, and what came of it. `due` is empty before the list has begun, and once it is done.

    Without a list it stands for a place that has to be looked at: see `queueing`.
    """

    objects: ClassVar[models.Manager["StartLine"]]
    CANCELLED, REFUSED = "cancelled", "refused"

    list = models.ForeignKey(StartList, models.CASCADE, null=True, related_name="lines")
    record_id = models.BigIntegerField(null=True)
    due = models.DateTimeField(null=True)
    # A word of `StartLog`, or one of the two above; empty until it was carried out.
    outcome = models.TextField(default="")
    code = models.TextField(default="")
    instance_id = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["due", "id"], name="processes_startline_due", condition=models.Q(due__isnull=False)),
            models.Index(fields=["due", "id"], name="processes_startline_place", condition=models.Q(list=None)),
        ]
