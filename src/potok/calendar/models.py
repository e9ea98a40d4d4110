"""The table of events. What an event is about is a column of its row: both are read and written together."""

from copy import copy
from datetime import date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from potok.calendar import repeating, rules
from potok.engine.values import RecordRef

DAY = timedelta(days=1)


class Events(models.QuerySet["Event"]):
    def between(self, first: datetime, last: datetime) -> "Events":
        """Those that have a part in this time, or may by coming again; one without a length counts where it stands."""
        again = ~Q(repeats="") & (Q(repeats_until=None) | Q(repeats_until__gte=first.date() - timedelta(days=1)))
        return self.filter(begins_at__lt=last).filter(Q(ends_at__gt=first) | Q(begins_at__gte=first) | again)

    def about(self, record: RecordRef) -> "Events":
        return self.filter(records__contains=[spelled(record)])

    def by_time(self) -> "Events":
        return self.order_by("begins_at", "ends_at", "pk")


class CalendarType(models.Model):
    """A type of calendars, as the settings list them: whose calendars of this type are."""

    objects: ClassVar[models.Manager["CalendarType"]]
    in_every_installation: ClassVar[bool] = True  # those that come with the product
    code = models.TextField(unique=True)
    # Empty: one of those that come with the product, called so in the language of the reader.
    title = models.TextField(default="")
    whose = models.TextField()
    place = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(whose__in=list(rules.WHOSE)), name="calendar_type_whose"),
        ]

    def __str__(self) -> str:
        return self.title or gettext(rules.TYPES.get(self.code, self.code))


class Calendar(models.Model):
    """A calendar that is nobody's own: of a group, of the company, of a room."""

    objects: ClassVar[models.Manager["Calendar"]]
    type = models.ForeignKey(CalendarType, on_delete=models.PROTECT, related_name="calendars")
    group = models.ForeignKey("people.Group", on_delete=models.PROTECT, related_name="+", null=True)
    title = models.TextField()
    colour = models.IntegerField(default=1)
    # Whoever sees it writes into it; otherwise only who has the permission.
    is_open = models.BooleanField(default=False)
    # Who does not want to see it among the others.
    hidden_by = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        db_table = "calendar_shared"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group"], name="calendar_shared_group", condition=~Q(group=None)),
            models.CheckConstraint(condition=Q(colour__in=list(rules.COLOURS)), name="calendar_shared_colour"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """How the pages call its colour."""
        return f"tint-{self.colour}"


class Event(models.Model):
    """Something that stands in one person's calendar, or in a shared one."""

    objects: ClassVar[models.Manager["Event"]] = Events.as_manager()
    # Whose it is; in a shared calendar, for whom it was written down.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="events", null=True)
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
    # One of the events that come again which goes otherwise than its series, and when it would have begun.
    series = models.ForeignKey("self", on_delete=models.CASCADE, related_name="apart", null=True)
    series_at = models.DateTimeField(null=True)
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
            models.Index(fields=["calendar", "begins_at"], name="calendar_entry_calendar", condition=~Q(calendar=None)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "series_at"], name="calendar_entry_apart"),
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
        # Rounded: a day on which the clock is moved has an hour less or more.
        return self.begins_on + timedelta(days=max(1, round((self.ends_at - self.begins_at) / DAY)) - 1)

    def at(self, begins_at: datetime) -> "Event":
        """The same event at another of its times."""
        each = copy(self)
        each.begins_at, each.ends_at = begins_at, begins_at + (self.ends_at - self.begins_at)
        return each


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
