"""What starts a process, and what keeps it from starting (engine.md §5a)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from potok.engine.graph import Again, Header, On, Trigger
from potok.kit.calls import INSTANCE, Cause
from potok.kit.doors import opened
from potok.kit.events import announce
from potok.processes import rules, watching, worker
from potok.processes.models import Incident, Instance, Standing, StartLog
from potok.processes.rules import Verdict
from potok.processes.watching import Change
from potok.records.events import RecordChanged
from tests.processes.conftest import Publish

BECAME_PAID = Trigger(On.BECAME, "stage", now="PAID")
FROM_NEW_TO_WORK = Trigger(On.CHANGED, "status", was="IMPORTED", now="IN_WORK")


@pytest.mark.parametrize(
    ("trigger", "before", "after", "kind", "starts"),
    [
        (BECAME_PAID, {"stage": "NEW"}, {"stage": "PAID"}, On.CHANGED, True),
        (BECAME_PAID, {"stage": "PAID"}, {"stage": "NEW"}, On.CHANGED, False),
        (BECAME_PAID, {"title": "a"}, {"title": "b"}, On.CHANGED, False),
        # A creation is a change from nothing.
        (BECAME_PAID, {}, {"stage": "PAID"}, On.CREATED, True),
        (FROM_NEW_TO_WORK, {"status": "IMPORTED"}, {"status": "IN_WORK"}, On.CHANGED, True),
        (FROM_NEW_TO_WORK, {"status": "LOST"}, {"status": "IN_WORK"}, On.CHANGED, False),
        (Trigger(On.CHANGED, "status", was="A"), {"status": "A"}, {"status": "B"}, On.CHANGED, True),
        (Trigger(On.CHANGED, "status"), {"status": "A"}, {"status": "B"}, On.CHANGED, True),
        (Trigger(On.CHANGED), {"title": "A"}, {"title": "B"}, On.CHANGED, True),
        (Trigger(On.CHANGED), {}, {"title": "B"}, On.CREATED, False),
        (Trigger(On.CREATED), {}, {"title": "B"}, On.CREATED, True),
        (Trigger(On.CREATED), {"title": "A"}, {"title": "B"}, On.CHANGED, False),
        (Trigger(On.DELETED), {"title": "A"}, {}, On.DELETED, True),
        (Trigger(On.LEFT, "stage", was="NEW"), {"stage": "NEW"}, {"stage": "PAID"}, On.CHANGED, True),
        (Trigger(On.LEFT, "stage", was="NEW"), {"stage": "WON"}, {"stage": "PAID"}, On.CHANGED, False),
        (Trigger(On.LEFT, "stage", was="NEW"), {"title": "A"}, {"title": "B"}, On.CHANGED, False),
        (Trigger(On.LEFT, "stage", was="NEW"), {}, {"stage": "PAID"}, On.CREATED, False),
        (Trigger(On.STAYED, "stage", now="NEW"), {}, {"stage": "NEW"}, On.CREATED, False),
        (Trigger(On.MANUAL), {}, {"title": "B"}, On.CREATED, False),
    ],
)
def test_a_trigger_is_judged_on_the_announced_change(
    trigger: Trigger, before: Mapping[str, Any], after: Mapping[str, Any], kind: On, starts: bool
) -> None:
    assert watching.matches(trigger, Change("crm.deal", 7, before, after, kind)) is starts


@pytest.mark.parametrize(
    ("rule", "runs", "verdict"),
    [
        (Again.SKIP, False, Verdict.START),
        (Again.SKIP, True, Verdict.SKIP),
        (Again.BESIDE, True, Verdict.START),
        (Again.AFTER, True, Verdict.QUEUE),
        (Again.INSTEAD, True, Verdict.REPLACE),
    ],
)
def test_a_definition_says_what_a_second_start_does(rule: Again, runs: bool, verdict: Verdict) -> None:
    assert rules.again(rule, runs=runs) is verdict


def test_a_definition_does_not_start_on_what_it_changed_itself() -> None:
    header, change = Header("check"), Change("crm.deal", 7, {}, {"stage": "PAID"}, cause_definition="check")
    assert watching.is_own(header, change)
    assert not watching.is_own(replace(header, starts_itself=True), change)
    assert not watching.is_own(header, replace(change, cause_definition="another"))


WAITS = """
definition: waits
title: Waits
record: crm.deal
again: %s
start:
  - became: {field: stage, value: PAID}
do:
  - pause: {for: 1 day}
"""


def pay(deal: int = 7, *, was: str = "NEW", now: str = "PAID", **call: Any) -> None:
    with opened(None, door="screen") as opening:
        announce(
            RecordChanged(
                call=replace(opening, **call), type="crm.deal", id=deal, revision=2, kind="changed",
                before={"stage": was}, after={"stage": now}, responsible=None,
            )
        )  # fmt: skip


def outcomes() -> list[str]:
    return list(StartLog.objects.order_by("pk").values_list("outcome", flat=True))


def statuses() -> list[Standing]:
    return [Standing(status) for status in Instance.objects.order_by("pk").values_list("status", flat=True)]


@pytest.mark.parametrize(
    ("again", "told", "stand"),
    [
        ("skip", ["started", "skipped"], [Standing.WAITING]),
        ("beside", ["started", "started"], [Standing.WAITING, Standing.WAITING]),
        ("after", ["started", "queued"], [Standing.WAITING, Standing.QUEUED]),
        ("instead", ["started", "replaced"], [Standing.TERMINATED, Standing.WAITING]),
    ],
)
def test_a_second_start_does_what_the_definition_says(
    publish: Publish, again: str, told: list[str], stand: list[Standing]
) -> None:
    publish(WAITS % again)
    for _ in range(2):
        pay()
        pay(was="PAID", now="NEW")
        worker.run_until_idle()
    assert (outcomes(), statuses()) == (told, stand)


def test_rolled_back_and_paid_again_it_starts_again(publish: Publish) -> None:
    publish(WAITS % "skip")
    pay()
    worker.run_until_idle()
    Instance.objects.update(ended_at="2030-01-01T00:00Z", status=Standing.COMPLETED)
    pay(was="PAID", now="NEW")
    pay()
    assert outcomes() == ["started", "started"]


def test_the_next_in_the_queue_begins_when_the_one_before_it_ends(publish: Publish) -> None:
    publish(WAITS % "after")
    pay()
    worker.run_until_idle()
    pay()
    first, second = Instance.objects.order_by("pk")
    from potok.processes.operations import instances

    with opened(None, door="screen") as call:
        instances.terminate(call, instance=first, reason="enough")
    worker.run_until_idle()
    second.refresh_from_db()
    assert second.status == Standing.WAITING


def test_a_chain_that_is_too_long_becomes_an_incident(publish: Publish) -> None:
    publish(WAITS % "skip")
    pay(depth=rules.DEPTH_MAX + 1, cause=Cause(INSTANCE, 5, 1, "another"))
    assert outcomes() == ["stopped"]
    incident = Incident.objects.get()
    assert incident.code == "processes.chain_too_long"
    assert [cause.get("instance") for cause in incident.fields["chain"]] == [5]


def test_too_many_starts_in_a_minute_become_an_incident(publish: Publish) -> None:
    publish(WAITS % "beside")
    for _ in range(rules.STARTS_A_MINUTE_MAX + 1):
        pay()
    assert outcomes().count("started") == rules.STARTS_A_MINUTE_MAX
    assert Incident.objects.get().code == "processes.too_many_starts"


@pytest.mark.parametrize("kind", ["removed"])
def test_a_record_in_the_trash_holds_its_instances_until_it_comes_back(publish: Publish, kind: str) -> None:
    publish(WAITS % "skip")
    pay()
    tell(kind)
    worker.run_until_idle()
    assert statuses() == [Standing.RUNNING]
    tell("restored")
    worker.run_until_idle()
    assert statuses() == [Standing.WAITING]


def test_final_deletion_ends_the_instances_of_a_record(publish: Publish) -> None:
    publish(WAITS % "skip")
    pay()
    worker.run_until_idle()
    tell("removed")
    tell("erased")
    worker.run_until_idle()
    assert statuses() == [Standing.TERMINATED]
    assert Instance.objects.get().status_text == "The record was deleted"


def tell(kind: str) -> None:
    with opened(None, door="screen") as call:
        announce(
            RecordChanged(
                call=call, type="crm.deal", id=7, revision=3, kind=kind, before={}, after={}, responsible=None
            )
        )
