"""Dates and moments. In `props` both are fixed-width text, which sorts as time does."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext

from potok.engine.values import DATE as DATE_TYPE
from potok.engine.values import MOMENT as MOMENT_TYPE
from potok.engine.values import Type, Value
from potok.records.fields.field import ORDERED, Field, Options, Unreadable, custom_kind

LOCAL_DATES = ("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y")
LOCAL_MOMENTS = ("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")


@dataclass(frozen=True)
class Date(Field):
    """A day."""

    kind: ClassVar[str] = "date"
    operators: ClassVar[tuple[str, ...]] = ORDERED
    widget: ClassVar[str] = "date"

    @property
    def item_type(self) -> Type:
        return DATE_TYPE

    def item(self, raw: Any) -> Value:
        if isinstance(raw, datetime):
            return timezone.localtime(raw).date()
        if isinstance(raw, date):
            return raw
        found = read_date(str(raw).strip())
        if found is None:
            raise Unreadable(gettext("a date is expected, for example 24.11.2026"))
        return found

    def to_plain(self, item: Any) -> Any:
        return item.isoformat()

    def from_plain(self, plain: Any) -> Value:
        return date.fromisoformat(plain)


@dataclass(frozen=True)
class Moment(Field):
    """A day and a time. What is written without a zone is meant in the reader's."""

    kind: ClassVar[str] = "moment"
    operators: ClassVar[tuple[str, ...]] = ORDERED
    widget: ClassVar[str] = "moment"

    @property
    def item_type(self) -> Type:
        return MOMENT_TYPE

    def item(self, raw: Any) -> Value:
        found = raw if isinstance(raw, datetime) else _read_moment(raw)
        if found is None:
            raise Unreadable(gettext("a date and a time are expected, for example 24.11.2026 18:00"))
        aware = timezone.make_aware(found) if timezone.is_naive(found) else found
        return aware.astimezone(UTC)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        return None if held[0] is None else held[0].astimezone(UTC)

    def to_plain(self, item: Any) -> Any:
        return item.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def from_plain(self, plain: Any) -> Value:
        return datetime.strptime(plain, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def read_date(text: str) -> date | None:
    """Read a date as ISO or as people here write it."""
    try:
        if found := parse_date(text[:10]):
            return found
    except ValueError:
        return None
    for form in LOCAL_DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            continue
    return None


def _read_moment(raw: Any) -> datetime | None:
    if isinstance(raw, date):
        return datetime(raw.year, raw.month, raw.day)  # noqa: DTZ001 (the reader's zone is added by the caller)
    text = str(raw).strip()
    try:
        if found := parse_datetime(text):
            return found
    except ValueError:
        return None
    for form in LOCAL_MOMENTS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (the reader's zone is added by the caller)
        except ValueError:
            continue
    day = read_date(text)
    return _read_moment(day) if day else None


@custom_kind("date")
def _date(options: Options, **given: Any) -> Field:
    return Date(**given)


@custom_kind("moment")
def _moment(options: Options, **given: Any) -> Field:
    return Moment(**given)
