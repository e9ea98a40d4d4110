"""When people work: hours of a week, days that go otherwise, absences.

Hours and special days belong to the company (neither department nor person is named), to a department with all below
it, or to one person. What is not said there is taken from the next above: person, his department, those above it,
the company.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

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


class Absence(models.Model):
    """A person does not work from one moment to another."""

    objects: ClassVar[models.Manager["Absence"]]
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.TextField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="people_absence_lasts"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "ends_at"], name="people_absence_person")]

    def owners(self) -> tuple[int, ...]:
        """An absence belongs to who is away."""
        return (self.person_id,)
