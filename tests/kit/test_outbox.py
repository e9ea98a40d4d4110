"""What leaves the house: asked for once, tried again while the trouble may pass, and never silently given up."""

from collections.abc import Mapping
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from potok.kit import outbox
from potok.kit.doors import opened
from potok.kit.errors import Defect, Trouble
from potok.kit.models import Outgoing
from potok.kit.outbox import Parcel

pytestmark = pytest.mark.django_db
sent: list[tuple[Mapping[str, Any], str]] = []
world: list[Trouble | None] = []


@outbox.carries("test")
def carry_test(payload: Mapping[str, Any], key: str) -> None:
    trouble = world.pop(0) if world else None
    if trouble:
        raise trouble
    sent.append((payload, key))


@pytest.fixture(autouse=True)
def _empty_world() -> None:
    sent.clear()
    world.clear()


def post(key: str = "k", kind: str = "test") -> Outgoing:
    with opened(1, door="screen") as call:
        outbox.send([(call, Parcel(kind, {"to": "a"}, key))])
    return Outgoing.objects.get(key=key)


def test_the_same_key_is_sent_once() -> None:
    parcel = post()
    assert post().pk == parcel.pk
    assert ProcrastinateJob.objects.count() == 1
    outbox.carry.func(None, parcel.pk)
    outbox.carry.func(None, parcel.pk)
    assert sent == [({"to": "a"}, "k")]


def test_passing_trouble_is_tried_again_under_the_same_key() -> None:
    parcel = post()
    world.append(Trouble("test.busy", "busy"))
    with pytest.raises(Trouble):
        outbox.carry.func(None, parcel.pk)
    parcel.refresh_from_db()
    assert (parcel.attempts, parcel.problem, parcel.failed_at) == (1, "busy", None)
    outbox.carry.func(None, parcel.pk)
    assert [key for _, key in sent] == ["k"]


def test_lasting_trouble_is_noted_and_said() -> None:
    told: list[str] = []
    outbox.gives_up(lambda parcel, trouble: told.append(trouble.code))
    parcel = post()
    world.append(Trouble("test.no_such_address", "no such address", lasting=True))
    outbox.carry.func(None, parcel.pk)
    outbox._gave_up.pop()
    parcel.refresh_from_db()
    assert parcel.failed_at is not None
    assert told == ["test.no_such_address"]
    assert sent == []


def test_trouble_that_never_passes_ends_after_the_last_attempt() -> None:
    parcel = post()
    for _ in range(outbox.ATTEMPTS_MAX - 1):
        world.append(Trouble("test.busy", "busy"))
        with pytest.raises(Trouble):
            outbox.carry.func(None, parcel.pk)
    world.append(Trouble("test.busy", "busy"))
    outbox.carry.func(None, parcel.pk)
    parcel.refresh_from_db()
    assert parcel.failed_at is not None


def test_a_kind_that_nobody_carries_is_a_defect() -> None:
    with pytest.raises(Defect):
        outbox.carry.func(None, post(kind="nobody").pk)
