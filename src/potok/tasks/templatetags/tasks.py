"""Template filters of tasks."""

from django import template

from potok.tasks import formatting

register = template.Library()
register.filter("formatted", formatting.shown)
