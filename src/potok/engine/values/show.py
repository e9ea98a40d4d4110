"""How a value reads where nobody says better: plain, the same in every language."""

from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

from .clock import on_clock
from .value import Duration, FileRef, Money, PersonRef, RecordRef, Value


def show(value: Value, *, zone: tzinfo = UTC) -> str:
    """Write a value as text: dates by day, month and year, moments on the wall clock of the zone.

    People, records and files are named by their numbers: who knows their names passes his own `show`.
    """
    match value:
        case None:
            return ""
        case tuple():
            return ", ".join(show(item, zone=zone) for item in value)
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case datetime():
            there = on_clock(value, zone)
            return f"{_day(there)} {there.hour:02}:{there.minute:02}"
        case date():
            return _day(value)
        case Duration():
            return _duration(value)
        case Money():
            return f"{value.amount:f} {value.currency}"
        case PersonRef():
            return f"person {value.id}"
        case RecordRef():
            return f"{value.type} {value.id}"
        case FileRef():
            return f"file {value.id}"
        case _:
            return str(value)


def _day(day: date) -> str:
    # Not strftime: it leaves early years unpadded on some systems and asks the locale on all.
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def _duration(lasts: Duration) -> str:
    """Write a duration as an interval that `dateadd` understands."""
    minutes, seconds = _divided(lasts.seconds, 60)
    hours, minutes = _divided(minutes, 60)
    years, months = _divided(lasts.months, 12)
    parts = {"year": years, "month": months, "day": lasts.days, "hour": hours, "minute": minutes, "second": seconds}
    # Each part carries its own sign, since in an interval a minus is valid until the next sign.
    written = [f"{count:+d} {unit}{'' if abs(count) == 1 else 's'}" for unit, count in parts.items() if count]
    text = " ".join(written) or "0 days"
    return text if "-" in text else text.replace("+", "")


def _divided(count: int, by: int) -> tuple[int, int]:
    """Divide towards zero, so that both parts have the sign of the whole."""
    whole, rest = divmod(abs(count), by)
    return (whole, rest) if count >= 0 else (-whole, -rest)
