"""Reports and dashboards that are kept: whose they are, and what cannot be kept."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records.reports import operations
from potok.records.reports.models import Dashboard, Plan, Report
from tests.company import Company
from tests.records.conftest import refused

pytestmark = pytest.mark.usefixtures("pipeline")


def save(person: Any, **given: Any) -> Report:
    with opened(person.pk, door="screen") as call:
        return operations.save(call, **{"title": "Mine", "record_type": "crm.deal", "group": "stage", **given})


def dashboard(person: Any, **given: Any) -> Dashboard:
    with opened(person.pk, door="screen") as call:
        return operations.save_dashboard(call, **{"title": "Morning", **given})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " "}, "records.setting.untitled"),
        ({"shape": "cube"}, "records.report.shape"),
        ({"group": "amount"}, "records.report.no_group"),
        ({"measure": "sum:title"}, "records.report.no_measure"),
        ({"record_type": "crm.company", "shape": "funnel"}, "records.report.no_stages"),
        ({"filter": {"field": "nothing"}}, "records.field.unknown"),
    ],
)
def test_what_nothing_could_be_counted_for_is_refused(firm: Company, given: dict[str, Any], code: str) -> None:
    with refused(code):
        save(firm.ann, **given)


def test_a_report_is_kept_changed_and_forgotten(firm: Company) -> None:
    report = save(firm.bob)
    assert save(firm.bob, report=report, title="Ours").pk == report.pk
    with opened(firm.bob.pk, door="screen") as call:
        operations.remove(call, report=report)
    assert not Report.objects.exists()


def test_reports_and_dashboards_of_others_are_left_alone(firm: Company) -> None:
    report, board = save(firm.bob), dashboard(firm.bob)
    with refused("kit.missing"):
        save(firm.carol, report=report)
    with refused("kit.missing"):
        dashboard(firm.carol, dashboard=board)
    with refused("kit.missing"), opened(firm.carol.pk, door="screen") as call:
        operations.remove(call, report=report)
    with refused("kit.missing"), opened(firm.carol.pk, door="screen") as call:
        operations.remove_dashboard(call, dashboard=board)
    with refused("kit.missing"):
        operations.found(Report, report.pk, by=firm.carol.pk)


def test_for_everybody_needs_a_right(firm: Company) -> None:
    with refused("kit.forbidden"):
        save(firm.bob, shared=True)
    firm.grant("records.view.share", extent=Extent.ALL, to=firm.alice)
    report = save(firm.alice, shared=True)
    assert operations.found(Report, report.pk, by=firm.carol.pk) == report
    with refused("kit.forbidden"):
        save(firm.bob, report=report)


def test_a_dashboard_holds_what_its_keeper_finds_in_his_order(firm: Company) -> None:
    first, second, foreign = save(firm.bob), save(firm.bob), save(firm.carol)
    board = dashboard(firm.bob, reports=[second.pk, foreign.pk, first.pk])
    assert [tile.report_id for tile in board.tiles.all()] == [second.pk, first.pk]
    with refused("records.dashboard.full"):
        dashboard(firm.bob, reports=list(range(1, 99)))


def test_a_plan_is_set_and_taken_away(firm: Company) -> None:
    given: dict[str, Any] = {"record_type": "crm.deal", "person": firm.bob.pk, "month": date(2026, 11, 20)}
    with opened(firm.ann.pk, door="screen") as call:
        operations.set_plan(call, amount=Decimal(5), **given)
        assert Plan.objects.get().month == date(2026, 11, 1)
        operations.set_plan(call, amount=None, **given)
    assert not Plan.objects.exists()
    for more, code in (
        ({"amount": Decimal(-1)}, "records.plan.negative"),
        ({"measure": "x"}, "records.report.no_measure"),
    ):
        with refused(code), opened(firm.ann.pk, door="screen") as call:
            operations.set_plan(call, **{"amount": Decimal(1), **given, **more})
