"""Events follow a record that becomes one with another."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from potok.calendar.models import Event, spelled
from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.events import touch
from potok.records.public import merging


def _count(lost: Sequence[RecordRef]) -> int:
    return Event.objects.filter(records__overlap=[spelled(one) for one in lost]).count()


def _move(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> list[list[Any]]:
    gone, there = [spelled(one) for one in lost], spelled(kept)
    moved = []
    for event in Event.objects.filter(records__overlap=gone).select_for_update().order_by("pk"):
        after = list(dict.fromkeys(there if one in gone else one for one in event.records))
        moved.append([event.pk, event.records, after])
        _write(event, after)
    return moved


def _back(call: Call, moved: Sequence[Sequence[Any]]) -> None:
    for id, before, after in moved:
        for event in Event.objects.filter(pk=id, records=after):
            _write(event, before)


def _write(event: Event, records: list[str]) -> None:
    Event.objects.filter(pk=event.pk).update(records=records)
    touch("calendar", event.person_id)


def fill() -> None:
    """Let events follow; once, at start-up."""
    merging.followers.add("calendar", merging.Follower(_("Events of the calendar"), _count, _move, _back))
