"""Tables of reports: what is counted, what stands on a dashboard, what people have planned."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from potok.records.reports.rules import Chart, Shape

PERSON = settings.AUTH_USER_MODEL


class Report(models.Model):
    """A saved report. Without an owner it is everybody's; each reader counts what he may see.

    `group` and `second` are groupings, `measure` is `count`, `sum:amount` or `average:amount`; `period` is a stretch of
    days over the field `dated`. Several currencies come to one by their rates, unless they are to stay `apart`.
    """

    objects: ClassVar[models.Manager["Report"]]
    title = models.TextField()
    owner = models.ForeignKey(PERSON, models.CASCADE, related_name="+", null=True)
    record_type = models.TextField()
    shape = models.TextField(default=Shape.FIGURES.value)
    chart = models.TextField(default=Chart.BARS.value)
    group = models.TextField(default="")
    second = models.TextField(default="")
    measure = models.TextField(default="count")
    filter = models.JSONField(default=dict)
    dated = models.TextField(default="")
    period = models.TextField(default="")
    apart = models.BooleanField(default=False)
    pipeline = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["title", "id"]

    def owners(self) -> tuple[int | None, ...]:
        return (self.owner_id,)


class Dashboard(models.Model):
    """Reports side by side. Without an owner it is everybody's."""

    objects: ClassVar[models.Manager["Dashboard"]]
    title = models.TextField()
    owner = models.ForeignKey(PERSON, models.CASCADE, related_name="+", null=True)

    class Meta:
        ordering: ClassVar = ["title", "id"]

    def owners(self) -> tuple[int | None, ...]:
        return (self.owner_id,)


class Tile(models.Model):
    """A report on a dashboard."""

    objects: ClassVar[models.Manager["Tile"]]
    dashboard = models.ForeignKey(Dashboard, models.CASCADE, related_name="tiles")
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    order = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]


class Plan(models.Model):
    """What a person is to reach in a month, in one figure of one record type."""

    objects: ClassVar[models.Manager["Plan"]]
    record_type = models.TextField()
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    month = models.DateField()
    measure = models.TextField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record_type", "person", "month", "measure"], name="records_plan_once"),
        ]
