"""A batch is as good as one by one: failures fall back on their own instance, and any split gives the same database."""

import threading
from collections.abc import Sequence

import pytest
from django.db import connection

from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.processes import published, starting, worker
from potok.processes.life import Life
from potok.processes.models import Assignee, Assignment, Definition, Incident, Instance, Journal, Ready, Standing
from potok.processes.operations import assignments, incidents
from potok.processes.turn import Turn
from potok.tasks import public as tasks
from tests.company import Company
from tests.processes import stubs  # noqa: F401 (it declares the block)
from tests.processes.conftest import Begin, Publish

SOURCE = """
definition: stub
title: Stub
parameters:
  how: {type: text, default: well}
do:
  - {block: tests_stub, with: {title: "First {=Workflow:id}", person: %(person)d}}
  - id: second
    block: tests_stub
    with: {title: "Second {=Workflow:id}", person: %(person)d, how: "{=Template:how}"}
"""


def start(definition: Definition, ways: Sequence[str], *, records: bool = False) -> list[int]:
    with opened(None, door="command") as call:
        version = published.version(definition.version_id or 0)
        made = starting.start(
            [
                starting.Wanted(
                    call, version, RecordRef("crm.deal", 1) if records else None, {"on": "manual"}, inputs={"how": how}
                )
                for how in ways
            ]
        )
    return [one.instance or 0 for one in made]


def database() -> list[object]:
    """Everything that instances have made, without ids that depend on the order."""
    return [
        sorted(tasks.Task.objects.values_list("title", flat=True)),
        sorted(Incident.objects.values_list("instance_id", "code", "node")),
        sorted(Instance.objects.values_list("id", "status")),
        sorted((one.instance_id, one.number, one.entries) for one in Journal.objects.all()),
    ]


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_any_split_into_batches_gives_the_same_database(company: Company, publish: Publish, limit: int) -> None:
    ways = ["well", "refused", "well", "spoilt", "broken", "well", "well", "refused"]
    ids = start(publish(SOURCE % {"person": company.bob.pk}), ways)
    worker.run_until_idle(limit=limit)
    good = [id for id, how in zip(ids, ways, strict=True) if how == "well"]
    bad = [id for id, how in zip(ids, ways, strict=True) if how != "well"]
    titles, failed, standing, journal = database()
    assert titles == sorted([*(f"First {id}" for id in ids), *(f"Second {id}" for id in good)])
    assert [id for id, _, _ in failed] == bad  # type: ignore[attr-defined]
    assert standing == [(id, Standing.COMPLETED if id in good else Standing.STUCK) for id in ids]
    assert [number for _, number, _ in journal] == [1] * len(ids)  # type: ignore[attr-defined]
    assert not Ready.objects.exists()


def test_what_a_block_did_before_it_failed_is_undone_with_it_and_no_further(company: Company, publish: Publish) -> None:
    start(publish(SOURCE % {"person": company.bob.pk}), ["spoilt"])
    worker.run_until_idle()
    assert [task.title[:5] for task in tasks.Task.objects.all()] == ["First"]
    incident = Incident.objects.get()
    assert (incident.code, incident.node) == ("processes.defect", "second")


def test_an_incident_is_retried_or_skipped(company: Company, publish: Publish) -> None:
    retried, skipped = start(publish(SOURCE % {"person": company.bob.pk}), ["refused", "refused"])
    worker.run_until_idle()
    with opened(company.ann.pk, door="screen") as call:
        incidents.retry(call, incident=Incident.objects.get(instance=retried))
        incidents.skip(call, incident=Incident.objects.get(instance=skipped))
    assert Instance.objects.get(pk=skipped).status == Standing.COMPLETED
    assert Instance.objects.get(pk=retried).status == Standing.STUCK
    assert Incident.objects.filter(resolved_at=None).count() == 1


def test_what_cannot_be_carried_keeps_its_wakes_and_goes_on_once_it_is_mended(
    company: Company, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, sound = start(publish(SOURCE % {"person": company.bob.pk}), ["well", "well"])
    live = Life.live

    async def poisoned(self: Life) -> Turn:
        if self.claimed.id == poison:
            raise ZeroDivisionError
        return await live(self)

    with monkeypatch.context() as patch:
        patch.setattr(Life, "live", poisoned)
        assert worker.batch() == 2
        assert worker.batch() == 0
    assert Instance.objects.get(pk=sound).status == Standing.COMPLETED
    assert Ready.objects.filter(instance_id=poison).exists()
    with opened(company.ann.pk, door="screen") as call:
        incidents.retry(call, incident=Incident.objects.get(instance=poison))
    assert Instance.objects.get(pk=poison).status == Standing.COMPLETED


def test_instances_of_one_record_are_never_in_one_batch(company: Company, publish: Publish) -> None:
    source = SOURCE.replace("parameters:", "record: crm.deal\nagain: beside\nparameters:")
    start(publish(source % {"person": company.bob.pk}), ["well"] * 3, records=True)
    sizes = []
    while size := worker.batch():
        sizes.append(size)
    assert sizes == [1, 1, 1]


def test_an_instance_that_another_worker_holds_is_left_alone(company: Company, publish: Publish) -> None:
    held, free = start(publish(SOURCE % {"person": company.bob.pk}), ["well", "well"])
    other = Other(f"SELECT id FROM processes_instance WHERE id = {held} FOR NO KEY UPDATE")
    with other.holding():
        assert worker.batch() == 1
        assert Instance.objects.get(pk=free).status == Standing.COMPLETED
        assert Ready.objects.filter(instance_id=held).exists()
    assert worker.batch() == 1


def test_of_many_who_answer_at_once_one_does(company: Company, publish: Publish, begin: Begin) -> None:
    people = [company.alice, company.bob, company.carol, company.dan, company.fay]
    whom = ", ".join(f"user_{one.pk}" for one in people)
    head = "definition: vote\ntitle: Vote\ndo:\n"
    source = f"{head}  - block: approve\n    with: {{to: [{whom}], title: So, comment: none}}\n"
    begin(publish(source))
    asked, told = Assignment.objects.get(), []

    def answer(person: int) -> None:
        try:
            with opened(person, door="screen") as call:
                assignments.complete(call, assignment=asked, answer="approved")
            told.append("done")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[one.pk]) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    worker.run_until_idle()
    assert sorted(told) == ["done"] + ["processes.assignment_closed"] * 4
    assert Assignee.objects.filter(status="done").count() == 1
    assert Instance.objects.get().status == Standing.COMPLETED


def test_the_same_answer_sent_twice_is_answered_twice_and_done_once(
    company: Company, publish: Publish, begin: Begin
) -> None:
    source = "definition: a\ntitle: A\ndo:\n  - block: approve\n    with: {to: user_%d, title: So, comment: none}\n"
    begin(publish(source % company.bob.pk))
    asked = Assignment.objects.get()
    for _ in range(2):
        with opened(company.bob.pk, door="screen", key="one and the same") as call:
            assert assignments.complete(call, assignment=asked, answer="approved").pk == asked.pk
    assert Assignee.objects.get().answer == "approved"


class Other:
    """Somebody else's transaction."""

    def __init__(self, statement: str) -> None:
        self.statement = statement

    def holding(self) -> "Other":
        return self

    def __enter__(self) -> None:
        self.raw = connection.copy()
        self.raw.set_autocommit(False)
        with self.raw.cursor() as cursor:
            cursor.execute(self.statement)

    def __exit__(self, *_: object) -> None:
        self.raw.rollback()
        self.raw.close()
