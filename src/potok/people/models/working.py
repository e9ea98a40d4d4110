"""When people work: hours of a week, days that go otherwise, absences.

Hours and special days belong to the company (neither department nor person is named), to a department with all below
it, or to one person. What is not said there is taken from the next above: person, his department, those above it,
the company.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from potok.people import rules

from .people import Department, Person


class WorkingHours(models.Model):
    """A week, a clock and a country's holidays. Empty means: as above."""

    objects: ClassVar[models.Manager["WorkingHours"]]
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    week: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    zone = models.TextField(default="")
    country = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(department=None) | Q(person=None), name="people_hours_one"),
            models.UniqueConstraint(F("department"), F("person"), name="people_hours_once", nulls_distinct=False),
        ]


class SpecialDay(models.Model):
    """A day with other hours than its weekday has; without any it is a day off. Goes before public holidays."""

    objects: ClassVar[models.Manager["SpecialDay"]]
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    day = models.DateField()
    shifts: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    title = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(department=None) | Q(person=None), name="people_specialday_one"),
            models.UniqueConstraint(
                F("day"), F("department"), F("person"), name="people_specialday_once", nulls_distinct=False
            ),
        ]


class Absences(models.QuerySet["Absence"]):
    def approved(self) -> "Absences":
        """Those that count: what is asked for, or was declined, keeps nobody away."""
        return self.filter(status=rules.APPROVED)

    def going_on(self) -> "Absences":
        """Those that have begun and are not over, as the loop of absences has found: not by the clock."""
        return self.approved().filter(ended_at=None).exclude(began_at=None)

    def between(self, first: datetime, last: datetime) -> "Absences":
        return self.filter(begins_at__lt=last, ends_at__gt=first)


class Absence(models.Model):
    """A person does not work from one moment to another, or asks not to."""

    objects: ClassVar[models.Manager["Absence"]] = Absences.as_manager()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.TextField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.TextField(default="")
    # Where the person is meanwhile, for colleagues who look for him.
    whereabouts = models.TextField(default="")
    status = models.TextField(default=rules.APPROVED)
    # Who stands in this time, before those who always do.
    deputy = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    comment = models.TextField(default="")
    # When work was passed over and given back. Written once: no change of the clock does it again.
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="people_absence_lasts"),
            models.CheckConstraint(condition=Q(status__in=list(rules.STATUSES)), name="people_absence_status"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "ends_at"], name="people_absence_person"),
            models.Index(fields=["begins_at"], name="people_absence_open", condition=Q(ended_at=None)),
        ]

    def owners(self) -> tuple[int, ...]:
        """An absence belongs to who is away."""
        return (self.person_id,)


class Deputy(models.Model):
    """Who stands in for a person whenever he is away; of several the first who is there."""

    objects: ClassVar[models.Manager["Deputy"]]
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    deputy = models.ForeignKey(Person, models.CASCADE, related_name="+")
    place = models.SmallIntegerField()

    class Meta:
        ordering: ClassVar = ["person", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "deputy"], name="people_deputy_once"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="people_deputy_another"),
        ]
