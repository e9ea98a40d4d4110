"""What was passed over while its owner is away, and to whom; days that were worked."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from potok.absences import rules


class Passed(models.Model):
    """One thing that lies with somebody else while its owner is away.

    It is open until it is given back, or is known to be finished. Whose it is, stands here and nowhere else: it may go
    through several hands meanwhile.
    """

    objects: ClassVar[models.Manager["Passed"]]
    # Which kind of work it is, and which thing: see `potok.people.standing_in`.
    work = models.TextField()
    thing = models.BigIntegerField()
    title = models.TextField()
    url = models.TextField(default="")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    passed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # The owner took it back while he was away: it is not passed over again.
    is_kept = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "passed_at"], name="absences_passed_owner"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["work", "thing"], name="absences_passed_once", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return self.title


class Kind(models.Model):
    """A kind of absences: what it is called, how it is drawn, and what follows when somebody asks for it."""

    objects: ClassVar[models.Manager["Kind"]]
    in_every_installation: ClassVar[bool] = True  # those that come with the product
    code = models.TextField(unique=True)
    # Empty: one of those that come with the product, called so in the language of the reader.
    title = models.TextField(default="")
    colour = models.IntegerField(default=1)
    is_paid = models.BooleanField(default=True)
    needs_approval = models.BooleanField(default=True)
    # Its days count against so many a year; none are counted if empty.
    days_a_year = models.IntegerField(null=True)
    # It is not offered any more; what was written down so stays.
    is_gone = models.BooleanField(default=False)
    place = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(colour__in=list(rules.COLOURS)), name="absences_kind_colour"),
            models.CheckConstraint(
                condition=Q(days_a_year=None) | Q(days_a_year__range=(0, rules.DAYS_MAX)), name="absences_kind_days"
            ),
        ]

    def __str__(self) -> str:
        return self.title or gettext(rules.USUAL.get(self.code, self.code))

    @property
    def tone(self) -> str:
        """How the pages call its colour."""
        return f"tint-{self.colour}"


class Allowance(models.Model):
    """How many days of a kind a person has in a year, where it is not as many as everybody."""

    objects: ClassVar[models.Manager["Allowance"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.ForeignKey(Kind, models.CASCADE, related_name="+")
    year = models.IntegerField()
    days = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "year"], name="absences_allowance_once"),
            models.CheckConstraint(condition=Q(days__range=(0, rules.DAYS_MAX)), name="absences_allowance_days"),
        ]


class Workday(models.Model):
    """A day that somebody worked: from when to when, and how long he paused. It is named by the day on which it began,
    on his own clock."""

    objects: ClassVar[models.Manager["Workday"]]
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    # Since when he pauses, and how long he did before.
    paused_at = models.DateTimeField(null=True)
    paused = models.DurationField(default=timedelta)
    note = models.TextField(default="")
    # Who corrected it, when, what stood there before, and why.
    corrections: "models.JSONField[Any, Any]" = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="absences_workday_once"),
            models.UniqueConstraint(fields=["person"], name="absences_workday_open", condition=Q(ends_at=None)),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("begins_at")), name="absences_workday_ends"
            ),
        ]

    def owners(self) -> tuple[int, ...]:
        """A working day belongs to who worked."""
        return (self.person_id,)

    @property
    def state(self) -> str:
        """At work, at a pause, or gone."""
        if self.ends_at is not None:
            return rules.ENDED
        return rules.AT_WORK if self.paused_at is None else rules.AT_PAUSE

    def worked(self, *, now: datetime) -> timedelta:
        """How long he has worked, without his pauses."""
        return rules.worked(self.begins_at, self.ends_at or self.paused_at or now, paused=self.paused)
