"""What runs on a record goes on with the one that it became, and comes back when they are taken apart."""

from typing import Any

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.processes import worker
from potok.processes.models import Instance, Standing
from potok.processes.operations import instances
from potok.records import public as records
from potok.records.duplicates import operations
from tests.company import Company
from tests.processes.conftest import Publish

WAIT = """
definition: wait
title: Wait
record: crm.deal
start: [manual]
do:
  - wait:
      when: "{=Document:comment} = 'ready'"
  - block: status_text
    with: {text: "{=Document:title}"}
"""


def begun(company: Company, publish: Publish, deal: Deal) -> Instance:
    definition = publish(WAIT)
    with opened(company.ann.pk, door="screen") as call:
        return instances.start(call, definition=definition, record=deal.ref)


def change(deal: Any, **values: Any) -> None:
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values=values)
    worker.run_until_idle()


def other_deal() -> Any:
    with opened(None, door="screen") as call:
        return records.verbs["crm.deal"].add(call, values={"title": "The one that stays"})


def test_an_instance_goes_on_with_the_record_that_stays(company: Company, publish: Publish, deal: Deal) -> None:
    instance, kept = begun(company, publish, deal), other_deal()
    with opened(None, door="screen") as call:
        operations.merge(call, kept=kept, lost=[deal])
    instance.refresh_from_db()
    assert (instance.record_id, instance.suspended_at) == (kept.pk, None)
    change(kept, comment="ready")
    instance.refresh_from_db()
    assert (instance.status, instance.status_text) == (Standing.COMPLETED, "The one that stays")


def test_taken_apart_it_goes_on_with_its_own(company: Company, publish: Publish, deal: Deal) -> None:
    instance, kept = begun(company, publish, deal), other_deal()
    with opened(None, door="screen") as call:
        merge = operations.merge(call, kept=kept, lost=[deal])
    with opened(None, door="screen") as call:
        operations.unmerge(call, merge=merge)
    change(kept, comment="ready")
    instance.refresh_from_db()
    assert (instance.record_id, instance.status) == (deal.pk, Standing.WAITING)
    change(deal, comment="ready")
    instance.refresh_from_db()
    assert (instance.status, instance.status_text) == (Standing.COMPLETED, "Pump house")
