"""Workers and people who meet over the same record wait for nobody and lose nothing."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import published, starting, worker
from potok.processes.models import Incident, Instance, Ready, Standing, Timer
from potok.processes.rounds import real
from potok.records import public as records
from tests.company import Company
from tests.processes import stubs  # noqa: F401 (it declares the block)
from tests.processes.conftest import Begin, Publish
from tests.processes.test_batches import SOURCE as STUB
from tests.processes.test_batches import start
from tests.processes.test_time import CONDITION

CHANGE = "  - block: record_change\n    with: {fields: {comment: '{=Workflow:id}'}}\n"
HEAD = "definition: %s\ntitle: X\nrecord: crm.deal\nstart: [manual]\nagain: beside\ndo:\n"
SOON = HEAD % "soon" + CHANGE
LATE = HEAD % "late" + "  - block: notify_person\n    with: {to: user_%d, text: x}\n" + CHANGE
ZONED = "definition: z\ntitle: Z\nzone: Europe/Berlin\ndo:\n  - pause: {until: %s}\n"
MOMENTS = {
    "2090-01-10 12:00": datetime(2090, 1, 10, 11, tzinfo=UTC),
    "2090-07-10 12:00": datetime(2090, 7, 10, 10, tzinfo=UTC),
    "2090-03-26 02:30": datetime(2090, 3, 26, 1, 30, tzinfo=UTC),  # skipped: half past three
    "2090-10-29 02:30": datetime(2090, 10, 29, 0, 30, tzinfo=UTC),  # comes twice: the first
    "2090-03-26": datetime(2090, 3, 25, 23, tzinfo=UTC),
}


@pytest.mark.parametrize("written", MOMENTS)
def test_a_moment_is_read_in_the_zone_of_the_definition(publish: Publish, begin: Begin, written: str) -> None:
    begin(publish(ZONED % written))
    assert Timer.objects.get().due == MOMENTS[written]


def rest() -> None:
    """Let those who were sent back have their pause."""
    for _ in range(10):
        worker.run_until_idle()
        clock.wind(timedelta(seconds=30))


def test_a_change_that_is_under_way_while_a_wait_is_armed_is_seen(publish: Publish, deal: Deal) -> None:
    version = published.version(publish_id(publish, CONDITION))
    with opened(None, door="command") as call:
        starting.start([starting.Wanted(call, version, RecordRef("crm.deal", deal.pk), {"on": "manual"})])
    held, go = threading.Event(), threading.Event()

    def change() -> None:
        with opened(None, door="screen") as call:
            records.verbs["crm.deal"].change(call, record=deal, values={"comment": "ready"})
            held.set()
            go.wait(timeout=30)
        connection.close()

    other = threading.Thread(target=change)
    other.start()
    assert held.wait(timeout=30)
    worker.batch()
    assert (Instance.objects.get().status_text, Ready.objects.count()) == ("", 1)
    go.set()
    other.join()
    rest()
    assert Instance.objects.get().status_text == "Ready"


def test_a_poison_instance_delays_no_other(company: Company, publish: Publish) -> None:
    ways = ["well", "broken", "well", "well", "well", "well"]
    ids = start(publish(STUB % {"person": company.bob.pk}), ways)
    for _ in range(2):
        worker.batch(limit=3)
    done = set(Instance.objects.filter(status=Standing.COMPLETED).values_list("pk", flat=True))
    assert done == {id for id, how in zip(ids, ways, strict=True) if how == "well"}


def test_two_workers_that_want_the_same_records_in_opposite_rounds_part(
    company: Company, publish: Publish, deal: Deal
) -> None:
    with opened(None, door="start_up") as call:
        second: Deal = records.verbs["crm.deal"].add(call, values={"title": "B", "responsible": company.bob.pk})
        both = [RecordRef("crm.deal", deal.pk), RecordRef("crm.deal", second.pk)]
        versions = [published.version(publish_id(publish, each % ())) for each in (SOON, LATE % company.bob.pk)]
        wanted = [starting.Wanted(call, version, record, {"on": "manual"}) for record in both for version in versions]
        soon_a, late_a, soon_b, late_b = [one.instance or 0 for one in starting.start(wanted)]
    meeting, failed, met = threading.Barrier(2, timeout=30), [], []

    def serve(only: list[int]) -> None:
        mine = []

        def hands(what, asked):  # type: ignore[no-untyped-def]
            answers = real(what, asked)
            if what.name == "crm.deal.change" and not mine:
                mine.append(meeting.wait())
                met.append(only)
            return answers

        try:
            worker.batch(limit=2, only=only, hands=hands)
        except Exception as failure:
            failed.append(failure)
        finally:
            connection.close()

    workers = [threading.Thread(target=serve, args=[only]) for only in ([soon_a, late_b], [soon_b, late_a])]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    rest()
    assert (failed, len(met)) == ([], 2)
    assert not Incident.objects.exists()
    assert set(Instance.objects.values_list("status", flat=True)) == {Standing.COMPLETED}


def publish_id(publish: Publish, source: str) -> int:
    return publish(source).version_id or 0
