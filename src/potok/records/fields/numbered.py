"""A number that the system gives: «ВХ-{year}-{n:4}» is ВХ-2026-0001, and begins anew every year.

    {n}  the next number        {n:5}  with so many digits        {year} {yy} {month} {day}  of the day it is given

The number counts within what the template says of the day: with {month} every month begins at one. Numbers are taken in
the transaction that adds the record (`records.numbering`), so that there is no gap and no number twice.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Q

from potok.engine.values import TEXT, Type, Value
from potok.records import rules
from potok.records.fields.field import EQUALS, WORDY, Field, Options, custom_kind

PART = re.compile(r"\{(n|year|yy|month|day)(?::(\d{1,2}))?\}")
WIDEST_FIRST = (("year", "%Y"), ("yy", "%Y"), ("month", "%Y-%m"), ("day", "%Y-%m-%d"))
LENGTH_MAX = 60


@dataclass(frozen=True)
class Numbered(Field):
    """A number that nobody types; `first` is where the counting begins."""

    template: str = "{n}"
    first: int = 1

    kind: ClassVar[str] = "numbered"
    operators: ClassVar[tuple[str, ...]] = (*EQUALS, *WORDY)

    @property
    def item_type(self) -> Type:
        return TEXT

    def item(self, raw: Any) -> Value:
        return " ".join(str(raw).split())

    def to_columns(self, value: Value) -> tuple[Any, ...]:
        return (value or "",)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        return str(held[0]) if held[0] else None

    def is_empty(self) -> Q:
        return super().is_empty() if self.custom else Q(**{self.path: ""})

    def period(self, day: date) -> str:
        """What the number counts within, on a day: the year, the month, the day, or all time."""
        named = {part for part, _ in PART.findall(self.template)}
        form = next((form for part, form in reversed(WIDEST_FIRST) if part in named), "")
        return day.strftime(form) if form else ""

    def written(self, number: int, *, day: date) -> str:
        """A number as the template writes it."""
        parts = {"year": f"{day:%Y}", "yy": f"{day:%y}", "month": f"{day:%m}", "day": f"{day:%d}"}
        return PART.sub(
            lambda part: f"{number:0{part[2] or 0}d}" if part[1] == "n" else parts[part[1]],
            self.template,
        )


def check_template(template: str) -> str:
    """Refuse a template that counts nothing, or that names what there is not."""
    text = " ".join(template.split())
    rest = PART.sub("", text)
    if not re.search(r"\{n(:\d{1,2})?\}", text) or "{" in rest or "}" in rest or len(text) > LENGTH_MAX:
        raise rules.WRONG_TEMPLATE(place="template", template=text)
    return text


@custom_kind("numbered")
def _numbered(options: Options, **given: Any) -> Field:
    said = next((one for one in options if isinstance(one, dict) and "template" in one), {})
    given |= {"read_only": True, "multiple": False, "required": False}
    return Numbered(**given, template=str(said.get("template", "{n}")), first=int(said.get("first") or 1))
