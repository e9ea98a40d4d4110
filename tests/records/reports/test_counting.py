"""What reports count: groups, money by currency, ways through stages, plans; and only what the reader may see."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone, translation

from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records.public import Limit, sharing
from potok.records.reports import counting, operations, ready
from potok.records.reports.models import Report
from potok.records.reports.tables import Table
from tests.company import Company
from tests.records.conftest import Make, refused


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def table(firm: Company, *, by: Any = None, **given: Any) -> Table:
    return counting.count(Report(record_type="crm.deal", **given), by=(by or firm.ann).pk)


def lines(found: Table) -> dict[str, list[Any]]:
    return {line.title: list(line.values) for line in found.lines}


@pytest.fixture
def deals(firm: Company, make: Make) -> None:
    for person, amount, stage in ((firm.bob, 100, "NEW"), (firm.bob, 250, "PAID"), (firm.carol, 40, "PAID")):
        make("crm.deal", {"amount": amount, "responsible": person.pk, "stage": stage})


def test_records_are_counted_by_what_a_field_holds(firm: Company, deals: None) -> None:
    assert lines(table(firm, group="stage")) == {"New": [1], "Paid": [2]}


def test_numbers_are_added_up_and_averaged(firm: Company, deals: None) -> None:
    assert lines(table(firm, group="responsible", measure="sum:amount")) == {"Bob Petrov": [350], "Carol Belova": [40]}
    assert lines(table(firm, group="stage", measure="average:amount")) == {"New": [100], "Paid": [145]}


def test_each_currency_has_a_column(firm: Company, make: Make) -> None:
    make("crm.deal", {"amount": "100 RUB"})
    make("crm.deal", {"amount": "7 USD"})
    found = table(firm, group="stage", measure="sum:amount")
    assert [one.currency for one in found.columns] == ["RUB", "USD"]
    assert lines(found) == {"New": [100, 7]}


def test_a_second_grouping_makes_columns(firm: Company, deals: None) -> None:
    found = table(firm, group="responsible", second="stage")
    assert [one.title for one in found.columns] == ["New", "Paid"]
    assert lines(found) == {"Bob Petrov": [1, 1], "Carol Belova": [0, 1]}
    assert list(found.totals) == [1, 2]


def test_time_is_put_together_by_months(firm: Company, deals: None) -> None:
    month = timezone.localdate(clock.now())
    assert lines(table(firm, group="created_at:month")) == {f"{month:%B %Y}": [3]}


def test_a_custom_number_is_added_up(firm: Company, make: Make) -> None:
    with opened(None, door="start_up") as call:
        records.custom_fields.add(call, record_type="crm.deal", kind="number", title="Seats", name="seats")
        records.custom_fields.add(call, record_type="crm.deal", kind="money", title="Fee", name="fee")
    make("crm.deal", {"seats": "2.5", "fee": "10 USD"})
    make("crm.deal", {"seats": 4})
    assert lines(table(firm, group="stage", measure="sum:seats")) == {"New": [Decimal("6.5")]}
    assert lines(table(firm, group="stage", measure="sum:fee"))["New"][-1] in (0, 10)


def test_nobody_counts_what_he_does_not_see(firm: Company, deals: None) -> None:
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.bob)
    assert lines(table(firm, by=firm.bob, group="responsible")) == {"Bob Petrov": [2]}
    assert next(line.values[0] for line in table(firm, by=firm.bob, shape="funnel").lines) == 2
    assert not table(firm, by=firm.carol, group="stage").lines


def test_a_period_narrows_by_its_day(firm: Company, make: Make) -> None:
    today = timezone.localdate(clock.now())
    for away in (0, -400):
        make("crm.deal", {"close_on": (today + timedelta(days=away)).isoformat()})
    assert lines(table(firm, group="stage", dated="close_on", period="this_year"))["New"] == [1]


def test_a_funnel_tells_who_went_on_and_how_long_they_stayed(firm: Company, make: Make) -> None:
    for path in (("PAID", "WON"), ("PAID",), ("LOST",), ()):
        deal = make("crm.deal")
        for stage in path:
            with clock.wound(timedelta(hours=2)), opened(None, door="start_up") as call:
                records.verbs["crm.deal"].move(call, record=deal, stage=stage)
    found = table(firm, shape="funnel")
    reached = {line.title: line.values for line in found.lines}
    assert [reached[stage][0] for stage in ("New", "Paid", "Won")] == [4, 2, 1]
    assert [reached[stage][1] for stage in ("New", "Paid", "Won")] == [100, 50, 50]
    assert float(reached["New"][3] or 0) >= 7_000
    assert reached["Won"][3] is None
    assert found.notes == ("Lost: 1 of 4",)


def test_a_plan_stands_beside_what_was_reached(firm: Company, make: Make, deals: None) -> None:
    today = timezone.localdate(clock.now())
    with opened(firm.ann.pk, door="screen") as call:
        for person, amount in ((firm.bob, 700), (firm.carol, 40)):
            operations.set_plan(
                call,
                record_type="crm.deal",
                person=person.pk,
                month=today,
                amount=Decimal(amount),
                measure="sum:amount",
            )
    given = {"shape": "plan", "measure": "sum:amount", "dated": "created_at", "period": "this_month"}
    assert lines(table(firm, **given)) == {"Bob Petrov": [700, 350, 50], "Carol Belova": [40, 40, 100]}


def test_a_reader_sees_the_plans_of_those_whose_records_he_sees(firm: Company, deals: None) -> None:
    today = timezone.localdate(clock.now())
    with opened(firm.ann.pk, door="screen") as call:
        operations.set_plan(call, record_type="crm.deal", person=firm.carol.pk, month=today, amount=Decimal(3))
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.bob)
    assert "Carol Belova" not in lines(table(firm, by=firm.bob, shape="plan"))


@pytest.mark.parametrize("type_", ["crm.deal", "crm.company", "crm.contact"])
def test_ready_reports_can_be_counted(firm: Company, make: Make, type_: str) -> None:
    make(type_)
    for report in ready.reports(records.record_types[type_]):
        assert counting.count(report, by=firm.ann.pk).columns


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"group": "source"}, "records.report.no_group"),
        ({"group": "stage", "measure": "sum:amount"}, "records.report.no_measure"),
        ({"group": "stage", "measure": "average:amount"}, "records.report.no_measure"),
        ({"shape": "plan", "measure": "sum:amount"}, "records.report.no_measure"),
        (
            {"group": "stage", "filter": {"field": "amount", "operator": "greater", "value": 50}},
            "records.field.unknown",
        ),
        (
            {"shape": "funnel", "filter": {"field": "source", "operator": "empty", "value": None}},
            "records.field.unknown",
        ),
    ],
)
def test_what_stands_on_a_hidden_field_is_refused(firm: Company, deals: None, given: dict[str, Any], code: str) -> None:
    _hide(firm, "amount", "source")
    with refused(code):
        table(firm, by=firm.bob, **given)
    assert table(firm, **given) is not None


def test_a_second_grouping_by_a_hidden_field_is_left_out(firm: Company, deals: None) -> None:
    _hide(firm, "source")
    assert lines(table(firm, by=firm.bob, group="stage", second="source")) == {"New": [1], "Paid": [2]}


def test_plans_of_others_are_not_told_to_people_from_outside(firm: Company, deals: None) -> None:
    month = timezone.localdate(clock.now()).replace(day=1)
    for person in (firm.bob, firm.eve):
        with opened(None, door="start_up") as call:
            operations.set_plan(call, record_type="crm.deal", person=person.pk, month=month, amount=Decimal(500))
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.eve)
    assert lines(table(firm, by=firm.eve, shape="plan")).keys() == {"Eve Outer"}


def _hide(firm: Company, *names: str) -> None:
    """Let Bob see all deals without these fields."""
    role = firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.bob)
    for name in names:
        with opened(None, door="screen") as call:
            sharing.limit(call, role=role, record_type="crm.deal", field=name, level=Limit.HIDDEN)
