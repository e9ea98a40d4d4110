"""Why? says what did not start, which condition failed with which value, and what would start."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.engine.values import Money, RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import queries, worker
from potok.processes.models import Instance, StartLog
from potok.processes.queries import Looked
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Publish

HEAD = "definition: %s\ntitle: %s\nrecord: crm.deal\nstart:\n%sdo:\n  - pause: {for: 1 day}\n"
PAID = HEAD % ("paid", "Paid", "  - became: {field: stage, value: PAID}\n")
CONDITION = """  - became:
      field: stage
      value: PAID
      when:
        all:
          - {field: amount, operator: greater, value: 100 RUB}
          - {field: title, operator: not_empty}
"""
LARGE = HEAD % ("large", "Large", CONDITION)
WON = HEAD % ("won", "Won", "  - became: {field: stage, value: WON}\n")
NAMED = HEAD % ("named", "Named", "  - changed: {field: title}\n")


def change(deal: Deal, **given: Any) -> None:
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values=given)
    worker.run_until_idle()


def ref(deal: Deal) -> RecordRef:
    return RecordRef("crm.deal", deal.pk)


def said(found: Sequence[Looked]) -> dict[str, str]:
    return {each.title: str(each.missed or each.outcome) for each in found}


def test_what_did_not_start_comes_first_and_the_nearest_before_the_others(publish: Publish, deal: Deal) -> None:
    for source in (PAID, LARGE, WON, NAMED):
        publish(source)
    change(deal, amount="50 RUB", stage="PAID")
    seen = queries.looked(ref(deal))[0]
    assert list(said(seen.looked).items()) == [
        ("Large", "condition"),
        ("Won", "other_after"),
        ("Named", "untouched"),
        ("Paid", "started"),
    ]


def test_a_condition_tells_which_part_failed_with_which_value(publish: Publish, deal: Deal) -> None:
    publish(LARGE)
    change(deal, amount="50 RUB", stage="PAID")
    # What came later is not what the trigger saw.
    change(deal, amount="500 RUB")
    large = queries.looked(ref(deal))[1].looked[0]
    assert [(part.text, part.holds) for part in large.parts] == [
        ('{=Document:amount} > "100 RUB"', False),
        ("not(empty({=Document:title}))", True),
    ]
    assert dict(large.parts[0].values) == {"{=Document:amount}": Money(50, "RUB")}  # type: ignore[arg-type]


def test_a_value_that_is_another_is_named(publish: Publish, deal: Deal) -> None:
    publish(WON)
    change(deal, stage="PAID")
    won = queries.looked(ref(deal))[0].looked[0]
    assert (won.missed, won.found, won.trigger.now) == ("other_after", "PAID", "WON")


def test_a_start_kept_back_by_one_that_runs_is_told(publish: Publish, deal: Deal) -> None:
    publish(PAID)
    change(deal, stage="PAID")
    change(deal, stage="NEW")
    change(deal, stage="PAID")
    seen = queries.looked(ref(deal))
    assert [said(each.looked) for each in seen[:3]] == [{"Paid": "guard"}, {"Paid": "other_after"}, {"Paid": "started"}]
    assert seen[0].looked[0].outcome == StartLog.SKIPPED


def test_a_change_of_its_own_is_told(publish: Publish, deal: Deal) -> None:
    triggers = "  - became: {field: stage, value: NEW}\n  - became: {field: stage, value: WON}\n"
    act = "  - block: record_change\n    with: {fields: {stage: NEW}}\n"
    publish((HEAD % ("own", "Own", triggers)).replace("  - pause: {for: 1 day}\n", act))
    change(deal, stage="WON")
    assert [said(each.looked) for each in queries.looked(ref(deal))[:2]] == [{"Own": "own"}, {"Own": "started"}]


def test_a_definition_that_came_later_has_not_looked(publish: Publish, deal: Deal) -> None:
    change(deal, stage="PAID")
    clock.wind(timedelta(minutes=1))
    publish(WON)
    assert queries.looked(ref(deal))[0].looked == []


def test_what_would_start_is_told_and_nothing_happens(company: Company, publish: Publish, deal: Deal) -> None:
    for source in (PAID, LARGE, WON, NAMED):
        publish(source)
    change(deal, amount="50 RUB")
    found = queries.would(ref(deal), field="stage", value="PAID", by=company.bob.pk)
    assert said(found) == {"Large": "condition", "Won": "other_after", "Paid": "started"}
    assert not Instance.objects.exists()
    change(deal, stage="PAID", amount="500 RUB")
    change(deal, stage="NEW")
    found = queries.would(ref(deal), field="stage", value="PAID", by=company.bob.pk)
    assert said(found) == {"Large": "guard", "Paid": "guard", "Won": "other_after"}


def test_what_time_will_start_is_told(publish: Publish, deal: Deal) -> None:
    publish(HEAD % ("stayed", "Stayed", "  - stayed: {field: stage, value: PAID, for: 2 days}\n"))
    change(deal, stage="PAID")
    ahead = queries.ahead(ref(deal))[0]
    assert (ahead.title, ahead.due - ahead.since) == ("Stayed", timedelta(days=2))


@pytest.mark.parametrize("text", ["{=Document:amount} / 0 > 1", "{=Change:by.email} = 'x'"])
def test_a_condition_of_any_kind_is_explained(publish: Publish, deal: Deal, text: str) -> None:
    publish(HEAD % ("any", "Any", f'  - became: {{field: stage, value: PAID, when: "{text}"}}\n'))
    change(deal, amount="50 RUB", stage="PAID")
    assert queries.looked(ref(deal))[0].looked[0].parts[0].holds is not True
