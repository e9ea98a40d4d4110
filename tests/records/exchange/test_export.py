"""A list leaves the house as a file: what is on the screen, all of it, and nothing that one may not take away."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.records import public as records
from potok.records.exchange import formulas
from tests.company import Company
from tests.records.conftest import Make
from tests.records.screens.conftest import boss, inside

__all__ = ["boss"]


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig")), delimiter=";"))


def test_a_list_is_exported_with_its_filter_columns_and_order(boss: Client, make: Make) -> None:
    one = make("crm.deal", {"title": "Vents", "amount": "1250.5", "close_on": "2026-12-01"})
    other = make("crm.deal", {"title": "Pipes; two", "amount": 7})
    make("crm.deal", {"title": "Old", "amount": 1})
    found = boss.get(
        "/deals/export/csv",
        {"columns": "title,amount,close_on", "sort": "amount",
         "filter": '{"all":[{"field":"amount","operator":"greater","value":5}]}'},
    )  # fmt: skip
    assert table(found) == [
        ["ID", "Name", "Amount", "Expected on"],
        [str(other.pk), "Pipes; two", "7,00", ""],
        [str(one.pk), "Vents", "1250,50", "01.12.2026"],
    ]


def test_a_workbook_holds_numbers_days_and_texts_as_such(boss: Client, make: Make) -> None:
    from python_calamine import CalamineWorkbook

    make("crm.deal", {"title": "=1+1", "amount": "1250.5", "close_on": "2026-12-01"})
    found = boss.get("/deals/export/xlsx", {"columns": "title,amount,close_on"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(body(found))).get_sheet_by_index(0).to_python()
    assert rows[1][1:3] == ["=1+1", 1250.5]
    assert rows[1][3].isoformat() == "2026-12-01"


@pytest.mark.parametrize("text", ["=1+1", "+HYPERLINK(1)", "-2+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_carries_no_formula_out(text: str) -> None:
    assert formulas.guarded(text).startswith("'")
    assert formulas.unguarded(formulas.guarded(text)) == text


@pytest.mark.parametrize("text", ["+78120001101", "+7 812 000-11-01", "-5,5", "Firm", "'quoted'"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert formulas.guarded(text) == text == formulas.unguarded(text)


def test_nobody_takes_away_without_the_permission_or_beyond_it(firm: Company, make: Make) -> None:
    from potok.people.public import Extent

    firm.grant("crm.company.see", to=firm.bob)
    assert inside(firm.bob).get("/companies/export/csv").status_code == 403
    assert "/companies/export/csv" not in inside(firm.bob).get("/companies/").content.decode()
    firm.grant("crm.company.export", extent=Extent.OWN, to=firm.bob)
    with opened(None, door="start_up") as call:
        for title, person in (("Mine", firm.bob), ("Hers", firm.carol)):
            records.verbs["crm.company"].add(call, values={"title": title, "responsible": person.pk})
    answer = inside(firm.bob).get("/companies/export/csv", {"columns": "title"})
    assert [line[1] for line in table(answer)] == ["Name", "Mine"]
    assert "/companies/export/csv" in inside(firm.bob).get("/companies/").content.decode()
