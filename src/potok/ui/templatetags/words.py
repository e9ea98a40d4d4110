"""`{% load words %}`: the forms of `potok.ui.words` as filters. An empty value stays empty."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import template

from potok.ui import words, zones

register = template.Library()


def _or_empty(form: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def filtered(value: Any) -> Any:
        return "" if value is None or value == "" else form(value)

    return filtered


for name in (
    "number",
    "numbered",
    "percent",
    "size",
    "day",
    "day_short",
    "clock",
    "moment",
    "moment_short",
    "until",
    "deadline",
    "lasts",
    "lasts_short",
    "inside",
    "initials",
    "colour",
):
    register.filter(name, _or_empty(getattr(words, name)))


register.filter("zone", _or_empty(zones.title))


@register.filter
def money(value: Any, currency: str = "RUB") -> str:
    return "" if value in (None, "") else words.money(value, currency)


@register.filter
def is_late(value: datetime | None) -> bool:
    return value is not None and words.is_late(value)


@register.filter
def ago(value: datetime | None) -> timedelta | None:
    """How long ago, for `lasts`: `{{ since|ago|lasts }}`."""
    return None if value is None else words.now() - value
