"""What instances ask of people."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Assignment(models.Model):
    """One question to one or several people. `form` is all that a page needs to draw it; `answer` what was given."""

    objects: ClassVar[models.Manager["Assignment"]]
    OPEN, DONE, WITHDRAWN, TIMED_OUT = "open", "done", "withdrawn", "timed_out"

    instance = models.ForeignKey("Instance", models.CASCADE, related_name="assignments", db_constraint=False)
    token = models.IntegerField()
    node = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    # What the button on the record's card says; the title, where it is empty.
    label = models.TextField(blank=True, db_default="")
    description = models.TextField(blank=True)
    form = models.JSONField(default=dict)
    # What goes with it besides the form: see `duties.Terms`.
    terms = models.JSONField(default=dict, db_default={})
    # Whether the first answer closes it for all, or everybody answers for himself.
    each_answers = models.BooleanField(default=False)
    # Several people may take it; only who has taken it answers.
    is_queue = models.BooleanField(default=False, db_default=False)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    record_type = models.TextField(blank=True)
    record_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    # Up to which moment the ladder was climbed: reminders sent, people changed.
    climbed_at = models.DateTimeField(null=True)
    status = models.TextField(default=OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["record_type", "record_id"], name="processes_assignment_record"),
            models.Index(fields=["opened_at"], name="processes_assignment_open", condition=models.Q(status="open")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short(self) -> str:
        """A few words for a button."""
        return self.label or self.title


class Assignee(models.Model):
    """One person's part in an assignment.

    `LATER`: asked after those before him. `LEFT`: asked no more, and not counted: somebody else has his part.
    """

    objects: ClassVar[models.Manager["Assignee"]]
    OPEN, DONE, CLOSED, LATER, LEFT = "open", "done", "closed", "later", "left"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="assignees")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Who handed it over, when it was delegated.
    delegated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    status = models.TextField(default=OPEN)
    answer = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    # In whose name the answer was given, when that is somebody from outside.
    behalf = models.TextField(blank=True, db_default="")
    # The key under which the answer came: the same request sent twice is answered twice and done once.
    key = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "person"], name="processes_assignee_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="processes_assignee_open", condition=models.Q(status="open")),
        ]


class Draft(models.Model):
    """What a person has typed into the form of an assignment and not sent."""

    objects: ClassVar[models.Manager["Draft"]]
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["assignment", "person"], name="processes_draft_once")]


class Handling(models.Model):
    """What was done with an assignment besides answering it: taken, handed over, moved, reminded. A line of its log."""

    objects: ClassVar[models.Manager["Handling"]]
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="handlings")
    at = models.DateTimeField()
    # Nobody: the process did it by its rules.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    what = models.TextField()
    fields = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]
