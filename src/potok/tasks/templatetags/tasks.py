"""Template filters of tasks."""

from django import template

from potok.tasks import formatting

register = template.Library()
register.filter("formatted", formatting.shown)


@register.filter
def planned(minutes: int | None) -> str:
    """Minutes as hours of the clock: «1:30»."""
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"


@register.filter
def lasted(seconds: int | None) -> str:
    """Seconds as hours of the clock: «1:30»."""
    return "" if seconds is None else planned(seconds // 60)
