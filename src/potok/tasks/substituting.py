"""Tasks go over while people are away: those they are to do, and those they are to accept."""

from collections.abc import Callable, Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from potok.kit.calls import Call
from potok.people.public import standing_in
from potok.tasks import left_behind, operations, rules
from potok.tasks.models import Task


def register() -> None:
    """Register once, at start-up."""
    left_behind.register()
    for name, title, field in (
        ("task", _("Tasks"), "responsible"),
        ("task_control", _("Tasks to accept"), "controller"),
    ):
        standing_in.works.add(name, standing_in.Work(name, title, held=_held(field), hand=_hand(field)))


def _held(field: str) -> Callable[[Collection[int]], list[standing_in.Held]]:
    def held(persons: Collection[int]) -> list[standing_in.Held]:
        lying = Task.objects.filter(**{f"{field}__in": persons}).exclude(status=rules.DONE).order_by("pk")
        return [
            standing_in.Held(one.pk, getattr(one, f"{field}_id"), one.title, reverse("tasks:card", args=[one.pk]))
            for one in lying
        ]

    return held


def _hand(field: str) -> Callable[[Call, Sequence[standing_in.Handing], str], set[int]]:
    def hand(call: Call, handings: Sequence[standing_in.Handing], why: str) -> set[int]:
        went = set()
        for one in handings:
            task = Task.objects.filter(pk=one.id, **{field: one.was}).exclude(status=rules.DONE).first()
            if task is not None:
                operations.change(call, task=task, fields={field: one.now})
                went.add(one.id)
        return went

    return hand
