"""The table of events. What an event is about is a column of its row: both are read and written together."""

from datetime import date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from potok.calendar import repeating, rules
from potok.engine.values import RecordRef


class Events(models.QuerySet["Event"]):
    def between(self, first: datetime, last: datetime) -> "Events":
        """Those that have a part in this time, or may by coming again; one without a length counts where it stands."""
        again = ~Q(repeats="") & (Q(repeats_until=None) | Q(repeats_until__gte=first.date() - timedelta(days=1)))
        return self.filter(begins_at__lt=last).filter(Q(ends_at__gt=first) | Q(begins_at__gte=first) | again)

    def about(self, record: RecordRef) -> "Events":
        return self.filter(records__contains=[spelled(record)])

    def by_time(self) -> "Events":
        return self.order_by("begins_at", "ends_at", "pk")


class Event(models.Model):
    """Something that stands in one person's calendar."""

    objects: ClassVar[models.Manager["Event"]] = Events.as_manager()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.TextField()
    text = models.TextField(default="")
    place = models.TextField(default="")
    # An entry of the dictionary `calendar.event_kind`; empty is none.
    kind = models.TextField(default="")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    whole_day = models.BooleanField(default=False)
    zone = models.TextField()
    # Spelled "crm.deal:7", so that one index finds the events of any record.
    records = ArrayField(models.TextField(), default=list)
    remind_minutes = models.IntegerField(null=True)
    # How it comes again: a name of `repeating.RULES`; empty is once. Both days are those of its own clock.
    repeats = models.TextField(default="")
    repeats_until = models.DateField(null=True)
    skipped = ArrayField(models.DateField(), default=list)
    # When the reminder is due; empty once it was sent.
    reminds_at = models.DateTimeField(null=True)
    # The instance that wrote it down, if one did.
    instance = models.BigIntegerField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        # Not by its noun: a block of processes is called so, and names are found by text.
        db_table = "calendar_entry"
        indexes: ClassVar = [
            models.Index(fields=["person", "begins_at"], name="calendar_entry_person"),
            models.Index(fields=["reminds_at"], name="calendar_entry_reminds", condition=~Q(reminds_at=None)),
            GinIndex(fields=["records"], name="calendar_entry_records"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("begins_at")), name="calendar_entry_ends"),
        ]

    def __str__(self) -> str:
        return self.title

    def owners(self) -> tuple[int, ...]:
        """Whose department decides how far a permission over events reaches."""
        return (self.person_id,)

    def refs(self) -> tuple[RecordRef, ...]:
        return tuple(read(one) for one in self.records)

    def times(self, first: datetime, last: datetime) -> list[datetime]:
        """When it begins from one moment on and before another, each time if it comes again."""
        if not self.repeats:
            return [self.begins_at] if first <= self.begins_at < last else []
        until, skipped = self.repeats_until, self.skipped
        return repeating.beginnings(
            self.begins_at, self.repeats, zone=self.zone, first=first, last=last, until=until, skipped=skipped
        )

    def next_time(self, *, after: datetime) -> datetime | None:
        """When it begins next, later than a moment, if it comes again."""
        until, skipped = self.repeats_until, self.skipped
        return repeating.following(
            self.begins_at, self.repeats, zone=self.zone, after=after, until=until, skipped=skipped
        )

    @property
    def begins_on(self) -> date:
        """The first day, on the clock of the event."""
        return self.begins_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def ends_on(self) -> date:
        """The last day, on the clock of the event."""
        if not self.whole_day:
            return self.ends_at.astimezone(ZoneInfo(self.zone)).date()
        return max(self.begins_on, self.ends_at.astimezone(ZoneInfo(self.zone)).date() - timedelta(days=1))


class Guest(models.Model):
    """Somebody who is invited to an event of another."""

    objects: ClassVar[models.Manager["Guest"]]
    event = models.ForeignKey(Event, models.CASCADE, related_name="guests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answer = models.TextField(default=rules.ASKED)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "calendar_guest"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="calendar_guest_once"),
            models.CheckConstraint(condition=Q(answer__in=list(rules.ANSWERS)), name="calendar_guest_answer"),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="calendar_guest_person")]


def spelled(record: RecordRef) -> str:
    """A record as it stands in the column: "crm.deal:7"."""
    return f"{record.type}:{record.id}"


def read(text: str) -> RecordRef:
    """The record that is spelled so."""
    name, _, number = text.rpartition(":")
    return RecordRef(name, int(number))
