"""Reports on the screen: what the address says is what is drawn, kept, and written to a file."""

from typing import Any

from django.test import Client

from potok.people.public import Extent
from potok.records.reports.models import Dashboard, Report
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import boss, inside  # noqa: F401 (a fixture)

BY_STAGE = {"type": "crm.deal", "group": "stage", "measure": "sum:amount"}


def page(client: Client, url: str, **given: Any) -> str:
    answer = client.get(url, given)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_shelf_offers_ready_reports_of_what_one_sees(firm: Company, make: Make, boss: Client) -> None:  # noqa: F811
    assert "Plan and fact" in page(boss, "/reports/")
    firm.grant("crm.company.see", extent=Extent.ALL, to=firm.carol)
    shown = page(inside(firm.carol), "/reports/")
    assert "crm.company" in shown
    assert "crm.deal" not in shown


def test_a_report_is_a_chart_and_a_table_with_ways_to_the_records(make: Make, boss: Client) -> None:  # noqa: F811
    make("crm.deal", {"amount": 1234, "stage": "PAID"})
    shown = page(boss, "/reports/show", **BY_STAGE)
    assert "<potok-chart" in shown
    assert "₽1,234" in shown
    assert "/deals/?filter=" in shown


def test_every_kind_of_report_is_drawn(firm: Company, make: Make, boss: Client) -> None:  # noqa: F811
    make("crm.deal", {"amount": 10, "responsible": firm.bob.pk})
    for shape in ("figures", "funnel", "plan"):
        assert "report-table" in page(boss, "/reports/show", type="crm.deal", shape=shape, measure="sum:amount")


def test_a_kept_report_opens_as_it_was_and_changes_by_its_address(make: Make, boss: Client) -> None:  # noqa: F811
    make("crm.deal")
    boss.post("/reports/kept", {**BY_STAGE, "title": "Money by stage", "new": "1"})
    report = Report.objects.get()
    assert (report.title, report.group, report.measure) == ("Money by stage", "stage", "sum:amount")
    assert "Money by stage" in page(boss, f"/reports/{report.pk}/")
    boss.post("/reports/kept", {"id": report.pk, "group": "responsible"})
    report.refresh_from_db()
    assert (report.group, report.measure) == ("responsible", "sum:amount")
    boss.post(f"/reports/{report.pk}/removal")
    assert not Report.objects.exists()


def test_a_report_is_written_to_files(make: Make, boss: Client) -> None:  # noqa: F811
    make("crm.deal", {"amount": 1234})
    written = {}
    for form in ("csv", "xlsx"):
        answer: Any = boss.get(f"/reports/show/export/{form}", BY_STAGE)
        written[form] = b"".join(answer.streaming_content)
    assert "1234" in written["csv"].decode("utf-8-sig")
    assert written["xlsx"].startswith(b"PK")
    assert boss.get("/reports/show/export/pdf", BY_STAGE).status_code == 404


def test_who_may_not_see_or_take_away_is_refused(firm: Company, make: Make) -> None:
    carol = inside(firm.carol)
    assert carol.get("/reports/show", BY_STAGE).status_code == 404
    firm.grant("crm.deal.see", extent=Extent.OWN, to=firm.carol)
    assert carol.get("/reports/show/export/csv", BY_STAGE).status_code == 403
    assert carol.get("/reports/plans").status_code == 403
    assert carol.post("/reports/plans", {"type": "crm.deal"}).status_code == 403


def test_a_dashboard_fetches_its_reports(make: Make, boss: Client) -> None:  # noqa: F811
    make("crm.deal")
    boss.post("/reports/kept", {**BY_STAGE, "title": "Money by stage", "new": "1"})
    report = Report.objects.get()
    boss.post("/reports/dashboards/", {"title": "Morning", "reports": [report.pk]})
    board = Dashboard.objects.get()
    assert f"/reports/{report.pk}/tile" in page(boss, f"/reports/dashboards/{board.pk}/")
    assert "report-table" in page(boss, f"/reports/{report.pk}/tile")
    boss.post(f"/reports/dashboards/{board.pk}/kept", {"title": "Evening", "reports": []})
    board.refresh_from_db()
    assert (board.title, board.tiles.count()) == ("Evening", 0)
    boss.post(f"/reports/dashboards/{board.pk}/removal")
    assert not Dashboard.objects.exists()


def test_plans_are_typed_into_a_table(firm: Company, make: Make, boss: Client) -> None:  # noqa: F811
    given = {
        "type": "crm.deal",
        "measure": "sum:amount",
        "person": firm.bob.pk,
        "month": "2026-11-01",
        "amount": "1 500",
    }
    assert boss.post("/reports/plans", given).status_code == 204
    assert "Bob Petrov" in page(boss, "/reports/plans")
    assert boss.post("/reports/plans", {**given, "amount": "much"}).status_code == 422


def test_the_list_leads_to_a_report_on_its_filter(make: Make, boss: Client) -> None:  # noqa: F811
    make("crm.deal")
    assert "/reports/show?type=crm.deal" in page(boss, "/deals/")


def test_a_dashboard_is_written_to_one_file(firm: Company, make: Make, boss: Client) -> None:  # noqa: F811
    make("crm.deal", {"amount": 1234})
    for title in ("Money by stage", "Money again"):
        boss.post("/reports/kept", {**BY_STAGE, "title": title, "new": "1"})
    reports = list(Report.objects.values_list("pk", flat=True))
    boss.post("/reports/dashboards/", {"title": "Monday", "reports": reports, "shared": "1"})
    place = f"/reports/dashboards/{Dashboard.objects.get().pk}/"
    written = b"".join(boss.get(f"{place}export/csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert written.count("1234") == 4
    assert "Money again" in written
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    stranger = inside(firm.carol)
    assert stranger.get(f"{place}export/csv").status_code == 403
    assert "/export/" not in page(stranger, place)
