"""Fifty people and four workers change the same records: every wake-up arrives, every start is single, nobody is hurt.

POTOK_CROWD_SECONDS=60 lets the crowd go on for a minute.
"""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection

from potok.engine.graph import On
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.kit.passing import again
from potok.processes import due, published, rules, watching, worker
from potok.processes.models import Definition, Inbox, Incident, Instance, Journal, Ready, Standing, StartLine, StartLog
from potok.processes.operations import instances
from potok.records import public as records
from potok.records.public import History
from tests.company import Company
from tests.processes.conftest import Publish, begin, company, deals, publish  # noqa: F401 (fixtures)

SECONDS = float(os.environ.get("POTOK_CROWD_SECONDS", "4"))
PEOPLE, WORKERS, RECORDS = 50, 4, 100
STAGES = ("NEW", "PAID", "IN_PROGRESS")
HEAD = "definition: {0}\ntitle: {0}\nrecord: crm.deal\nagain: {1}\nstart:\n  - {2}\n  - manual\ndo:\n"
CHANGE = "  - block: record_change\n    with: {{fields: {{{3}}}}}\n"
DEFINITIONS = [
    (HEAD + "  - set: {{n: 1}}\nvariables:\n  n: {{type: number}}\n").format(
        "paid", "beside", "became: {field: stage, value: PAID}"
    ),
    (HEAD + CHANGE).format("single", "skip", "left: {field: stage, value: NEW}", "amount: 1 RUB"),
    (HEAD + CHANGE).format("orderly", "after", "became: {field: stage, value: IN_PROGRESS}", "amount: 2 RUB"),
    (HEAD + CHANGE).format("newest", "instead", "changed: {field: stage, from: PAID}", "amount: 3 RUB"),
    (HEAD + CHANGE).format("ping", "beside", "became: {field: comment, value: ping}", "comment: pong"),
    (HEAD + CHANGE).format("pong", "beside", "became: {field: comment, value: pong}", "comment: ping"),
]
WAITS = """
definition: patient
title: Patient
record: crm.deal
start: [created]
do:
  - wait: {when: "{=Document:stage} = 'WON'"}
"""


@pytest.fixture
def crowded(deals: None, publish: Publish, company: Company) -> list[int]:  # noqa: F811
    for source in (*DEFINITIONS, WAITS):
        publish(source)
    with opened(None, door="start_up") as call:
        rows = [(call, {"values": {"title": f"{n}", "responsible": company.bob.pk}}) for n in range(RECORDS)]
        made = records.verbs["crm.deal"].add.many(rows)
    return [row.pk for row in made if not isinstance(row, Refused)]


@pytest.mark.django_db(transaction=True)
def test_a_crowd_on_the_same_records_loses_and_doubles_nothing(company: Company, crowded: list[int]) -> None:  # noqa: F811
    stop, failed = threading.Event(), []

    def at_work(act: Callable[[], object]) -> threading.Thread:
        def work() -> None:
            try:
                while not stop.is_set():
                    act()
            except Exception as failure:
                failed.append(failure)
                stop.set()
            finally:
                connection.close()

        return threading.Thread(target=work)

    by_hand = list(Definition.objects.filter(code__in=["single", "orderly", "newest"]))
    people = [at_work(lambda: person(company.ann.pk, crowded, by_hand)) for _ in range(PEOPLE)]
    workers = [at_work(lambda: worker.batch(limit=40) or time.sleep(0.02)) for _ in range(WORKERS)]  # type: ignore[func-returns-value]
    starters = [at_work(lambda: due.serve() or time.sleep(0.05)) for _ in range(2)]  # type: ignore[func-returns-value]
    for each in (*people, *workers, *starters):
        each.start()
    stop.wait(SECONDS)
    stop.set()
    for each in (*people, *workers, *starters):
        each.join()
    assert failed == []
    win(crowded)
    rest()
    check_starts()
    check_ends()


def person(by: int, ids: Sequence[int], by_hand: Sequence[Definition]) -> None:
    """One act of one person, as a door carries it out."""
    id = random.choice(ids)
    chance = random.random()

    def act() -> None:
        with opened(by, door="screen") as call:
            if chance < 0.2:
                ref = RecordRef("crm.deal", id)
                instances.start(call, definition=random.choice(by_hand), record=ref)
                return
            values = {"comment": "ping"} if chance < 0.22 else {"stage": random.choice(STAGES)}
            with records.remembered():
                several = [id] if chance < 0.9 else random.sample(list(ids), 5)
                found = records.load([RecordRef("crm.deal", one) for one in several])
                records.verbs["crm.deal"].change.many(
                    [(call, {"record": row, "values": values}) for row in found.values()]
                )

    try:
        again(act)
    except Refused as refused:
        if refused.code not in (rules.RUNS_ALREADY.code, rules.TOO_OFTEN.code):
            raise


def win(ids: Sequence[int]) -> None:
    with opened(None, door="screen") as call, records.remembered():
        found = records.load([RecordRef("crm.deal", id) for id in ids])
        rows = [(call, {"record": row, "values": {"stage": "WON"}}) for row in found.values()]
        records.verbs["crm.deal"].change.many(rows)


def rest() -> None:
    """Let all that is under way come to its end."""
    for _ in range(200):
        clock.wind(timedelta(seconds=20))
        due.run_until_idle()
        worker.run_until_idle()
        if not (Ready.objects.exists() or Inbox.objects.filter(instance_id__in=live()).exists()):
            return
    raise AssertionError("The work does not come to an end.")


def live() -> list[int]:
    return list(Instance.objects.filter(ended_at=None).values_list("pk", flat=True))


def check_starts() -> None:
    """Every change that a trigger watches for has one line, and nothing else has any."""
    wanted: Counter[tuple[str, int]] = Counter()
    headers = {each.code: published.version(each.version_id or 0).header for each in Definition.objects.all()}
    kinds = {"added": On.CREATED, "changed": On.CHANGED}
    for row in History.objects.filter(kind__in=kinds):
        cause = row.cause.get("definition", "")
        change = watching.Change(row.record_type, row.record_id, row.before, row.after, kinds[row.kind], cause)
        for code, header in headers.items():
            met = any(watching.matches(each, change) for each in header.triggers)
            wanted[code, row.record_id] += met and not watching.is_own(header, change)
    lines = StartLog.objects.exclude(trigger__on="manual").values_list("definition__code", "record_id")
    assert Counter(lines) == +wanted
    told = StartLog.objects.exclude(instance=None).values_list("instance_id", flat=True)
    assert len(told) == len(set(told)) == Instance.objects.count()


def check_ends() -> None:
    """Nothing waits any more, nothing ran side by side that must not, and only the guards have complained."""
    assert not live()
    assert not StartLine.objects.exists()
    assert set(Incident.objects.values_list("code", flat=True)) <= {rules.TOO_DEEP.code, rules.TOO_OFTEN.code}
    assert Instance.objects.filter(definition__code="patient", status=Standing.COMPLETED).count() == RECORDS
    for code in ("single", "orderly"):
        check_one_at_a_time(code)


def check_one_at_a_time(code: str) -> None:
    """Of one definition on one record, no instance took a step between the first and the last step of another."""
    steps: dict[int, list[tuple[datetime, int]]] = {}
    ran = dict(Instance.objects.filter(definition__code=code).values_list("pk", "record_id"))
    for instance, at in Journal.objects.filter(instance_id__in=ran).values_list("instance_id", "at"):
        steps.setdefault(ran[instance] or 0, []).append((at, instance))
    for record, taken in steps.items():
        order = [instance for _, instance in sorted(taken)]
        turns = [instance for place, instance in enumerate(order) if place == 0 or order[place - 1] != instance]
        assert len(turns) == len(set(turns)), f"{code} on {record}: {order}"
