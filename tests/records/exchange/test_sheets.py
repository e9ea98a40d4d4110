"""Files of any origin become rows, or are refused in words."""

import io
import zipfile

import pytest
import xlsxwriter

from potok.kit.errors import Refused
from potok.records.exchange import rules, sheets

TEXT = "Название;Телефон;Город\r\nООО Ромашка;8 (812) 000-11-01;Санкт-Петербург\r\nТСЖ Невский;;МОСКВА\r\n"


def book(*rows: list[object]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def packed(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), "Имя;Город\nИван;Тверь\n"])
def test_the_encoding_is_found_out(encoding: str, text: str) -> None:
    found = sheets.read("a.csv", text.encode(encoding))
    assert found.headings == text.splitlines()[0].split(";")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(sign: str) -> None:
    found = sheets.read("a.csv", f'a{sign}b\n"1, 2; 3"{sign}4\n"x\ny"{sign}5\n'.encode())
    assert list(found.rows) == [["1, 2; 3", "4"], ["x\ny", "5"]]


def test_a_workbook_is_read_as_texts() -> None:
    found = sheets.read("a.xlsx", book(["Name", "Sum", "Yes"], ["A", 1250.5, True], ["B", 7, False]))
    assert list(found.rows) == [["A", "1250.5", "yes"], ["B", "7", "no"]]


def test_headings_that_repeat_or_are_empty_differ() -> None:
    assert sheets.read("a.csv", b"Phone,Phone,,Phone\n1,2,3,4\n").headings == ["Phone", "Phone (2)", "№ 3", "Phone (3)"]


def test_rows_shorter_or_longer_than_the_headings_are_kept() -> None:
    assert list(sheets.read("a.csv", b"a,b\n1\n1,2,3\n").rows) == [["1", "", ""], ["1", "2", "3"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "records.import.empty"),
        (b"\n\n", "records.import.empty"),
        (b"only headings\n", "records.import.empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(1, 32)) * 100, "records.import.no_table"),
        (b"PK\x03\x04 and nothing more", "records.import.broken"),
        (packed("letter.txt", b"no workbook"), "records.import.broken"),
        (packed("xl/worksheets/sheet1.xml", b"0" * 3_000_001), "records.import.too_large"),
        (packed("xl/worksheets/sheet1.xml", b'<row r="1048576"><c r="XFD1048576"/></row>'), "records.import.too_large"),
        (b"a\n" + b"1\n" * (rules.ROWS_MAX + 1), "records.import.too_large"),
        (b"x" * (rules.SIZE_MAX + 1), "records.import.too_large"),
        (b",".join(b"c" for _ in range(300)) + b"\n1\n", "records.import.too_wide"),
    ],
    ids=[
        "nothing",
        "blank",
        "headings",
        "picture",
        "torn",
        "no workbook",
        "bomb",
        "far corner",
        "long",
        "heavy",
        "wide",
    ],
)
def test_what_is_no_table_is_refused(content: bytes, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "UNPACKED_MAX", 3_000_000)
    with pytest.raises(Refused) as refused:
        list(sheets.read("a.xlsx", content).rows)
    assert refused.value.code == code
