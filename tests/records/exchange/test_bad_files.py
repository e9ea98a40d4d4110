"""Files that are wrong, hostile or enormous: a clear answer, a way out, nothing lost and nothing held in memory."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.exchange import rules, sheets
from potok.records.exchange.models import Import
from tests.company import Company
from tests.records.conftest import Make
from tests.records.exchange.conftest import Bring, outcomes, sentences, table
from tests.records.exchange.test_sheets import packed
from tests.records.screens.conftest import boss

__all__ = ["boss"]


class Endless(io.RawIOBase):
    """A file of so many rows that nobody has written: it is made while it is read."""

    def __init__(self, rows: int) -> None:
        self.lines: Iterator[bytes] = iter([b"Name;Comment\n", *[b"Firm;text\n" * 1000] * (rows // 1000)])
        self.rest = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def readinto(self, buffer: Any) -> int:
        piece = self.rest or next(self.lines, b"")
        buffer[: len(piece)], self.rest = piece[: len(buffer)], piece[len(buffer) :]
        return min(len(piece), len(buffer))


def firms() -> Any:
    return records.record_types["crm.company"].model.objects.filter(removed_at=None).order_by("pk")


def test_a_few_torn_letters_spoil_their_row_and_not_the_file(bring: Bring) -> None:
    good = "\r\n".join(["Название;Комментарий", *(f"Ромашка {n};хорошо" for n in range(20))]).encode()
    of = bring("crm.company", good + b"\r\n\xd0\xd0\xd0;plain", carry=False)
    assert of.encoding == "utf-8"
    assert outcomes(of) == ["add"] * 20 + ["wrong"]
    assert "UTF-8" in sentences(of)[0]


def test_a_text_of_no_known_encoding_is_shown_as_it_reads_and_never_lost(bring: Bring) -> None:
    of = bring("crm.company", b"Name\r\n" + bytes(range(0xA0, 0xFF)), carry=False)
    assert of.total == 1
    assert of.lines.get().cells[0]


def test_a_file_of_two_hundred_megabytes_is_refused_with_a_sentence(
    boss: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "SIZE_MAX", 10_000)
    content = SimpleUploadedFile("big.csv", b"Name\n" + b"x" * 200_000)
    answer = boss.post("/companies/imports/", {"file": content})
    assert answer.status_code == 422
    assert "The file is too large" in answer.content.decode()
    assert not Import.objects.exists()


def test_a_zip_bomb_dressed_as_a_workbook_is_refused_before_it_is_unpacked_to_memory(boss: Client) -> None:
    bomb = packed("xl/worksheets/sheet1.xml", b"<c/>" * 101_000_000)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    answer = boss.post("/companies/imports/", {"file": SimpleUploadedFile("bomb.xlsx", bomb)})
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 422
    assert peak < 60_000_000


def test_headings_that_repeat_are_told_apart_and_both_may_be_used(bring: Bring) -> None:
    of = bring(
        "crm.company", table("Name;Phone;Phone", "A;8 812 000-11-01;8 812 000-11-02"),
        columns=["title", "phone", "phone"],
    )  # fmt: skip
    assert of.headings == ["Name", "Phone", "Phone (2)"]
    assert [one["value"] for one in firms().get().phone] == ["+78120001101", "+78120001102"]


@pytest.mark.parametrize("day", ["31.02.2026", "00.00.0000", "2026-13-45", "32/01/2026", "99999999", "tomorrow-ish"])
def test_an_impossible_date_is_told_with_its_row(bring: Bring, day: str) -> None:
    of = bring("crm.deal", table("Name;Expected on", f"Deal;{day}", "Other;24.11.2026"), carry=False)
    assert outcomes(of) == ["wrong", "add"]
    assert of.lines.first().problems[0]["place"] == "close_on"  # type: ignore[union-attr]


def test_links_in_a_circle_are_kept_and_a_link_to_itself_is_told(bring: Bring, make: Make, boss: Client) -> None:
    with opened(None, door="start_up") as call:
        options = [{"to": "crm.company"}]
        records.custom_fields.add(
            call, record_type="crm.company", kind="link", title="Parent", name="parent", options=options
        )
    for name in "ABC":
        make("crm.company", {"title": name})
    of = bring("crm.company", table("Name;Parent", "A;B", "B;A", "C;C"), keys=["title"])
    assert outcomes(of) == ["change", "change", "wrong"]
    answer: Any = boss.get("/companies/export/csv", {"columns": "title,parent", "sort": "title"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = [line[1:] for line in csv.reader(io.StringIO(text), delimiter=";")]
    assert rows == [["Name", "Parent"], ["A", "B"], ["B", "A"], ["C", ""]]


def test_a_million_rows_are_never_held_in_memory() -> None:
    file = io.BufferedReader(Endless(1_000_000))
    sheet = sheets._sheet(sheets._cells("a.csv", io.TextIOWrapper(file, newline=""), ";"), "utf-8")
    tracemalloc.start()
    with pytest.raises(Refused) as refused:
        for _row in sheet.rows:
            pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == "records.import.too_large"
    assert peak < 5_000_000


def test_what_is_refused_in_the_middle_leaves_nothing(firm: Company, boss: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(rules, "ROWS_MAX", 3)
    answer = boss.post("/companies/imports/", {"file": SimpleUploadedFile("a.csv", table("Name", *"ABCDE"))})
    assert answer.status_code == 422
    assert not Import.objects.exists()


def test_formulas_come_out_harmless_and_go_in_again_as_they_were(bring: Bring, boss: Client) -> None:
    bring("crm.company", table("Name;Comment", "'=1+1;=HYPERLINK(1)"))
    answer: Any = boss.get("/companies/export/csv", {"columns": "title,comment"})
    content = b"".join(answer.streaming_content)
    assert "'=1+1;'=HYPERLINK(1)" in content.decode()
    again = bring("crm.company", content, keys=["title"], carry=False)
    assert outcomes(again) == ["same"]
