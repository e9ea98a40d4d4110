"""Whether an import starts processes is chosen by whoever imports; what waits hears of it either way."""

from collections.abc import Sequence

import pytest

from potok.kit.doors import opened
from potok.processes import due, worker
from potok.processes.models import Instance, Standing, StartLog
from potok.records import public as records
from potok.records.exchange import carrying, operations
from tests.company import Company
from tests.processes.conftest import Begin, Publish

CARE = """
definition: care
title: Care for a deal
record: crm.deal
start: [created, {changed: {field: comment}}]
do:
  - pause: {for: 1 day}
"""
WAITS = """
definition: waits
title: Wait for the word
record: crm.deal
start: [manual]
do:
  - wait: {when: "{=Document:comment} = 'now'"}
"""


def imported(company: Company, *rows: str, starts_processes: bool, keys: Sequence[str] = ()) -> None:
    table = "\r\n".join(["Name;Comment", *rows]).encode()
    with opened(company.ann.pk, door="screen") as call:
        of = operations.begin(call, record_type="crm.deal", name="deals.csv", content=table)
        operations.choose(call, of=of, columns=of.columns, keys=keys, starts_processes=starts_processes)
    carrying.run_until_idle()
    with opened(company.ann.pk, door="screen") as call:
        operations.carry_out(call, of=of)
    carrying.run_until_idle()
    due.run_until_idle()
    worker.run_until_idle()


@pytest.mark.parametrize("starts", [True, False])
def test_what_is_imported_starts_processes_if_it_was_chosen_so(
    starts: bool, company: Company, deals: None, publish: Publish
) -> None:
    publish(CARE)
    imported(company, "Vents;", "Pipes;", starts_processes=starts)
    assert Instance.objects.count() == (2 if starts else 0)
    imported(company, "Vents;changed", starts_processes=starts, keys=["title"])
    assert Instance.objects.count() == (2 if starts else 0)
    # The second start on a deal finds the first one running, which *Why?* tells; a quiet import asks nobody.
    assert list(StartLog.objects.values_list("outcome", flat=True).order_by("pk")) == (
        ["started", "started", "skipped"] if starts else []
    )


def test_what_waits_hears_of_a_quiet_import(company: Company, deals: None, publish: Publish, begin: Begin) -> None:
    imported(company, "Vents;", starts_processes=False)
    deal = records.record_types["crm.deal"].model.objects.get()
    begin(publish(WAITS), record=deal.ref)
    imported(company, "Vents;now", starts_processes=False, keys=["title"])
    assert Instance.objects.get().status == Standing.COMPLETED
