"""Processes follow a record that becomes one with another: what runs on it goes on with the one that stays.

Instances first: who serves one has it locked, and what he writes for the old record is there before the rest is moved.
Their journals say from where on the record is another, so that they can be lived again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.processes.models import Assignment, Instance, StageRight, StartLog, Subscription
from potok.processes.signing import MERGED, PARTED, sign
from potok.records.public import merging

INSTANCES = merging.named_by(Instance, _("Processes"))
# What names the record of an instance beside it.
BESIDE = {
    "assignments": merging.named_by(Assignment, _("Assignments")),
    "rights": merging.named_by(StageRight, _("Processes")),
    "starts": merging.named_by(StartLog, _("Processes")),
}


def _move(call: Call, lost: Sequence[RecordRef], kept: RecordRef) -> dict[str, Any]:
    moved = {"instances": INSTANCES.move(call, lost, kept)}
    for _type, was, ids, now in moved["instances"]:
        sign(call, ids, did=MERGED, was=was, record=now)
    moved |= {name: one.move(call, lost, kept) for name, one in BESIDE.items()}
    return moved | {"waits": [_retuned(one, kept) for one in lost]}


def _back(call: Call, moved: Mapping[str, Any]) -> None:
    for _type, was, ids, now in moved["instances"]:
        still = Instance.objects.filter(pk__in=ids, record_id=now).values_list("pk", flat=True)
        sign(call, list(still), did=PARTED, was=now, record=was)
    INSTANCES.back(call, moved["instances"])
    for name, one in BESIDE.items():
        one.back(call, moved[name])
    for was, now, waits in moved["waits"]:
        for instance, token in waits:
            Subscription.objects.filter(instance_id=instance, token=token, key=now).update(key=was)


def _retuned(lost: RecordRef, kept: RecordRef) -> tuple[str, str, list[tuple[int, int]]]:
    """Whatever listens to the lost record listens to the other one: `(old key, new key, who listens)`."""
    was, now = (f"{one.type}={one.id}" for one in (lost, kept))
    there = Subscription.objects.filter(key=was)
    waits = list(there.values_list("instance_id", "token"))
    there.update(key=now)
    return was, now, waits


def fill() -> None:
    """Let processes follow; once, at start-up."""
    merging.followers.add("processes", merging.Follower(INSTANCES.title, INSTANCES.count, _move, _back))
