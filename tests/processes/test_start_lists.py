"""Starts on many records: at a pace, each told, cancelled; and starts that wait for nobody."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Missing, Refused
from potok.processes import due, worker
from potok.processes.models import Definition, Incident, Instance, Standing, StartLine, StartList, StartLog
from potok.processes.operations import instances, messages, start_lists
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Publish

WAITS = "definition: waits\ntitle: Waits\nrecord: crm.deal\nagain: %s\nstart: [manual]\ndo:\n  - pause: {for: 1 day}\n"


@pytest.fixture
def many(deal: Deal, company: Company) -> list[int]:
    with opened(None, door="start_up") as call:
        rows = [(call, {"values": {"title": f"Deal {n}", "responsible": company.bob.pk}}) for n in range(5)]
        return [deal.pk, *(row.pk for row in records.verbs["crm.deal"].add.many(rows) if not isinstance(row, Refused))]


def begun(company: Company, definition: Definition, ids: list[int], *, a_minute: int = 6_000) -> StartList:
    with opened(company.ann.pk, door="screen") as call:
        chosen = start_lists.choose(call, record_type="crm.deal", ids=ids)
        return start_lists.begin(call, chosen=chosen, definition=definition, a_minute=a_minute)


def told(made: StartList) -> list[str]:
    return list(StartLine.objects.filter(list=made).order_by("pk").values_list("outcome", flat=True))


def test_each_of_many_records_is_told_what_came_of_it(company: Company, publish: Publish, many: list[int]) -> None:
    definition = publish(WAITS % "skip")
    with opened(company.ann.pk, door="screen") as call:
        instances.start(call, definition=definition, record=RecordRef("crm.deal", many[1]))
        records.verbs["crm.deal"].remove(call.by_system(), record=Deal.objects.get(pk=many[2]))
    made = begun(company, definition, many)
    records_left = [id for id in many if id != many[2]]
    assert list(StartLine.objects.filter(list=made).values_list("record_id", flat=True)) == records_left
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].remove(call, record=Deal.objects.get(pk=many[3]))
    clock.wind(timedelta(seconds=1))
    due.run_until_idle()
    assert told(made) == ["started", "skipped", "refused", "started", "started"]
    assert StartList.objects.get().ended_at is not None
    assert Instance.objects.filter(initiator=company.ann).count() == 4


def test_a_list_keeps_its_pace_and_is_cancelled_in_the_middle(
    company: Company, publish: Publish, many: list[int]
) -> None:
    made = begun(company, publish(WAITS % "beside"), many, a_minute=2)
    due.run_until_idle()
    assert told(made) == ["started", *[""] * 5]
    clock.wind(timedelta(seconds=31))
    due.run_until_idle()
    with opened(company.ann.pk, door="screen") as call:
        start_lists.cancel(call, chosen=made)
    clock.wind(timedelta(hours=1))
    due.run_until_idle()
    assert told(made) == ["started", "started", *["cancelled"] * 4]


def test_a_list_begins_once(company: Company, publish: Publish, many: list[int]) -> None:
    definition = publish(WAITS % "beside")
    made = begun(company, definition, many)
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as refused:
        start_lists.begin(call, chosen=made, definition=definition)
    assert refused.value.code == "processes.start_list_over"


def test_a_stranger_chooses_only_what_he_sees_and_finds_no_list_of_others(
    company: Company, publish: Publish, many: list[int]
) -> None:
    definition = publish(WAITS % "beside")
    with opened(company.eve.pk, door="screen") as call, pytest.raises(Refused):
        start_lists.choose(call, record_type="crm.deal", ids=many)
    made = begun(company, definition, many)
    with opened(company.bob.pk, door="screen") as call, pytest.raises(Missing):
        start_lists.start_list(call, id=made.pk)


def test_nothing_chosen_is_refused(company: Company, deals: None) -> None:
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as refused:
        start_lists.choose(call, record_type="crm.deal", ids=[])
    assert refused.value.code == "processes.nothing_chosen"


def held_by_another(deal: Deal) -> tuple[threading.Event, threading.Thread]:
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Deal.objects.select_for_update(no_key=True).get(pk=deal.pk)
            held.set()
            go.wait(timeout=30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(timeout=30)
    return go, other


@pytest.mark.parametrize(("again", "standing"), [("skip", Standing.WAITING), ("beside", Standing.WAITING)])
def test_starting_by_hand_does_not_wait_for_whoever_holds_the_record(
    company: Company, publish: Publish, deal: Deal, again: str, standing: Standing
) -> None:
    definition = publish(WAITS % again)
    go, other = held_by_another(deal)
    with opened(company.ann.pk, door="screen") as call:
        begun = instances.start(call, definition=definition, record=RecordRef("crm.deal", deal.pk))
    go.set()
    other.join()
    serve()
    begun.refresh_from_db()
    assert begun.status == standing
    assert StartLog.objects.get().outcome == "started"


@pytest.mark.parametrize(
    ("again", "outcomes", "stand"),
    [
        ("skip", ["started", "skipped"], [Standing.WAITING, Standing.TERMINATED]),
        ("after", ["started", "queued"], [Standing.WAITING, Standing.QUEUED]),
        ("instead", ["started", "started"], [Standing.TERMINATED, Standing.WAITING]),
    ],
)
def test_what_a_second_start_does_is_decided_when_the_record_is_free(
    company: Company, publish: Publish, deal: Deal, again: str, outcomes: list[str], stand: list[Standing]
) -> None:
    definition, record = publish(WAITS % again), RecordRef("crm.deal", deal.pk)
    with opened(company.ann.pk, door="screen") as call:
        instances.start(call, definition=definition, record=record)
    go, other = held_by_another(deal)
    with opened(company.ann.pk, door="screen") as call:
        instances.start(call, definition=definition, record=record)
    go.set()
    other.join()
    serve()
    assert list(StartLog.objects.order_by("pk").values_list("outcome", flat=True)) == outcomes
    assert list(Instance.objects.order_by("pk").values_list("status", flat=True)) == stand


def test_an_end_that_nobody_behind_it_sees_is_looked_at_again(company: Company, publish: Publish, deal: Deal) -> None:
    definition, record = publish(WAITS % "after"), RecordRef("crm.deal", deal.pk)
    with opened(company.ann.pk, door="screen") as call:
        first = instances.start(call, definition=definition, record=record)
    waits = threading.Event()
    made = threading.Event()

    def start() -> None:
        with opened(company.ann.pk, door="screen") as call:
            # It sees the first one running, which ends before this is committed.
            instances.start(call, definition=definition, record=record)
            made.set()
            waits.wait(timeout=30)
        connection.close()

    other = threading.Thread(target=start)
    other.start()
    assert made.wait(timeout=30)
    with opened(company.ann.pk, door="screen") as call:
        instances.terminate(call, instance=first)
    worker.run_until_idle()
    waits.set()
    other.join()
    serve()
    assert list(Instance.objects.order_by("pk").values_list("status", flat=True)) == [
        Standing.TERMINATED,
        Standing.WAITING,
    ]


def serve() -> None:
    for _ in range(5):
        clock.wind(timedelta(seconds=1))
        due.run_until_idle()
        worker.run_until_idle()


HEARD = """
definition: heard
title: Heard
%s
again: beside
start:
  - message: {name: payment, where: {kind: card}%s}
parameters:
  amount: {type: number, required: true}
do:
  - terminate: 'Paid {=Template:amount}'
"""


def sent(**values: object) -> None:
    with opened(None, door="rest") as call:
        messages.send(call, name="payment", values=values)
    worker.run_until_idle()


def test_a_message_starts_a_definition_with_its_values(publish: Publish) -> None:
    publish(HEARD % ("", ""))
    sent(kind="cash", amount=3)
    assert not Instance.objects.exists()
    sent(kind="card", amount=3, other="x")
    assert Instance.objects.get().status_text == "Paid 3"
    assert StartLog.objects.get().trigger == {"on": "message", "message": "payment"}


def test_a_message_says_on_which_record_it_starts(publish: Publish, deal: Deal) -> None:
    publish(HEARD % ("record: crm.deal", ", record: deal"))
    sent(kind="card", amount=3, deal=deal.pk)
    assert Instance.objects.get().record_id == deal.pk


@pytest.mark.parametrize("values", [{"amount": "x", "deal": 1}, {"amount": 3}, {"amount": 3, "deal": 999}, {"deal": 1}])
def test_a_message_that_does_not_fit_is_told_to_an_operator_and_not_to_its_sender(
    publish: Publish, deal: Deal, values: dict[str, object]
) -> None:
    publish(HEARD % ("record: crm.deal", ", record: deal"))
    named = deal.pk if values.get("deal") == 1 else values.get("deal")
    sent(kind="card", **{**values, **({"deal": named} if named else {})})
    assert Incident.objects.get().code == "processes.message_unfit"
    assert not Instance.objects.exists()
