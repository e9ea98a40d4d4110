"""Planned calls, meetings and letters go over while people are away."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.kit.calls import Call
from potok.people.public import standing_in
from potok.records.public import verbs


def register() -> None:
    """Register once, at start-up."""
    standing_in.works.add("activity", standing_in.Work("activity", _("Activities"), held=_held, hand=_hand))


def _held(persons: Collection[int]) -> list[standing_in.Held]:
    return [
        standing_in.Held(one.pk, one.responsible_id, one.title, f"/{of.path}/{one.pk}/")
        for one in _planned(responsible__in=persons)
        if one.responsible_id is not None
    ]


def _hand(call: Call, handings: Sequence[standing_in.Handing], why: str) -> set[int]:
    went = set()
    for one in handings:
        for row in _planned(pk=one.id, responsible=one.was):
            verbs[of.name].change(call, record=row, values={"responsible": one.now})
            went.add(one.id)
    return went


def _planned(**where: Any) -> Sequence[Activity]:
    rows: models.Manager[Any] = Activity.objects
    return list(rows.filter(done_at=None, removed_at=None, **where).order_by("pk"))
