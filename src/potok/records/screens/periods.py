"""Groups in words: a month, a week, a stage, a person."""

from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext

from potok.engine.values import Value
from potok.records.grouping import Grouping
from potok.records.screens import wording
from potok.records.screens.names import Names
from potok.ui import words


def title(by: Grouping, value: Value, known: Names) -> str:
    """What a group is called: «ноябрь 2026», «Анна Соколова»."""
    return stretch(value, by.unit) if isinstance(value, date) and by.unit else wording.text(by.field, value, known)


def stretch(first: date, unit: str) -> str:
    """A day, week, month, quarter or year in words."""
    if unit == "year":
        return str(first.year)
    if unit == "quarter":
        return gettext("%(number)s quarter %(year)s") % {"number": (first.month + 2) // 3, "year": first.year}
    if unit == "month":
        return (
            formats.date_format(first, "F Y").lower() if words.language() == "ru" else formats.date_format(first, "F Y")
        )
    if unit == "week":
        return f"{words.day_short(first)} – {words.day_short(first + timedelta(days=6))}"
    return words.day(first)
