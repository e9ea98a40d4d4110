"""Tables read from files, whatever wrote them: encoding and separator are found out, limits hold beforehand."""

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any, BinaryIO

from potok.records.exchange import rules
from potok.records.exchange.formulas import unguarded

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Letters from the most frequent one in Russian to the rarest.
LETTERS = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
WEIGHTS = {letter: 1 - 2 * place / len(LETTERS) for place, letter in enumerate(LETTERS)}
SEPARATORS = ";,\t|"
SAMPLE = 200_000
TRIED_LINES = 30
# A workbook is held in memory while it is read, every cell between its corners.
UNPACKED_MAX = 400_000_000
CELLS_MAX = 10_000_000
CORNER = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})["']""")
CHUNK = 1_000_000
LOOKED_AT = 1_001  # rows that tell how wide the table is


@dataclass(frozen=True)
class Sheet:
    """A table as texts: headings that differ from each other, and rows as long as the headings.

    Rows are read while they are taken, never the whole of them at once; what is wrong with a later one is refused then.
    """

    headings: Sequence[str]
    rows: Iterator[Sequence[str]]
    encoding: str = ""


def read(name: str, content: bytes | BinaryIO) -> Sheet:
    """Read a file, or refuse with what is wrong with it and how to mend it."""
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    if file.seek(0, io.SEEK_END) > rules.SIZE_MAX:
        raise _too_large()
    if _head(file, 4) == b"PK\x03\x04":
        return _sheet(_workbook(name, file), "")
    return _text_sheet(name, file)


def _text_sheet(name: str, file: BinaryIO) -> Sheet:
    encoding = encoding_of(file)
    sample = _head(file, SAMPLE).decode(encoding, errors="replace")
    odd = sum(not one.isprintable() and one not in "\r\n\t\ufeff\xa0\ufffd" for one in sample)
    if "\x00" in sample or odd > 50:
        raise rules.NO_TABLE(name=name)
    file.seek(0)
    # A few torn letters spoil their rows, which are told, and not the file.
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    return _sheet(_cells(name, text, separator_of(sample)), encoding)


def _cells(name: str, text: io.TextIOWrapper, sign: str) -> Iterator[Sequence[str]]:
    csv.field_size_limit(CHUNK)
    try:
        for number, row in enumerate(csv.reader(text, delimiter=sign)):
            yield [row[0].lstrip("\ufeff"), *row[1:]] if number == 0 and row else row
    except csv.Error:
        raise rules.BROKEN(name=name) from None


def _head(file: BinaryIO, size: int) -> bytes:
    file.seek(0)
    return file.read(size)


def encoding_of(file: BinaryIO) -> str:
    """Find out in which encoding a text was written; what is valid UTF-8 is UTF-8, but for a few torn letters."""
    content = _head(file, SAMPLE)
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return encoding
    for begin, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        # Latin and Cyrillic letters lie in the pages 0 and 4.
        high = content[begin:2000:2]
        if high.count(0) and high.count(0) + high.count(4) > 0.8 * len(high):
            return encoding
    torn, letters = _torn(file)
    if torn * 20 <= letters:
        return "utf-8"
    return max(("cp1251", "koi8-r", "cp866"), key=lambda one: _likely(content, one))


def _torn(file: BinaryIO) -> tuple[int, int]:
    """How many letters beyond ASCII a file holds if it is UTF-8, and how many of them cannot be read."""
    file.seek(0)
    decoder, torn, letters = codecs.getincrementaldecoder("utf-8")(errors="replace"), 0, 0
    while piece := file.read(CHUNK):
        text = decoder.decode(piece)
        torn += text.count("\ufffd")
        letters += len(text) - len(text.encode("ascii", errors="ignore"))
    return torn, letters


def _likely(content: bytes, encoding: str) -> float:
    """How much of a text is plain Russian: wrong encodings swap the cases and give frames and rare letters."""
    text = content.decode(encoding, errors="replace")
    usual = sum(WEIGHTS.get(one, 0) for one in text.lower())
    odd = sum(not (one.isascii() or one.lower() in WEIGHTS or one in "№«»—–…\xa0") for one in text)
    swapped = len(re.findall(r"[а-я][А-Я]", text))
    return usual - 2 * odd - 2 * swapped


def separator_of(text: str) -> str:
    """Find the sign between cells: the one that cuts the first lines into most columns, as many in each."""
    lines = text.lstrip("\ufeff")[:SAMPLE]

    def columns(sign: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in islice(csv.reader(io.StringIO(lines), delimiter=sign), TRIED_LINES)]
        except csv.Error:
            return 0, 0
        width = widths[0] if widths else 0
        alike = sum(one == width for one in widths)
        return (alike * 2 > len(widths) and width > 1, width)

    return max(SEPARATORS, key=columns)


def _workbook(name: str, file: BinaryIO) -> Iterator[Sequence[str]]:
    from python_calamine import CalamineWorkbook  # heavy, and only for this

    _check_unpacked(name, file)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        sheets = (book.get_sheet_by_index(place) for place in range(len(book.sheet_names)))
        filled = next((sheet for sheet in sheets if sheet.height), None)
    except Exception:
        raise rules.BROKEN(name=name) from None
    for row in filled.iter_rows() if filled else ():
        yield [_text(one) for one in row]


def _check_unpacked(name: str, file: BinaryIO) -> None:
    """Unpack without keeping anything: what a file says about its sizes may be a lie, and so may its corner."""
    total = 0
    try:
        with zipfile.ZipFile(file) as packed:
            for entry in packed.infolist():
                right, bottom, tail = 1, 1, b""
                for piece in _unpacked(file, entry):
                    total += len(piece)
                    if total > UNPACKED_MAX:
                        raise _too_large()
                    if "worksheets/" in entry.filename:
                        for letters, digits in CORNER.findall(tail + piece):
                            right, bottom = max(right, _column(letters)), max(bottom, int(digits))
                        tail = piece[-40:]
                if right * bottom > CELLS_MAX:
                    raise _too_large()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError):
        raise rules.BROKEN(name=name) from None


def _unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry, however many it says there are."""
    file.seek(entry.header_offset)
    head = file.read(30)
    file.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), io.SEEK_CUR)
    packed = file.read(min(entry.compress_size, rules.SIZE_MAX))
    if entry.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    while not unpack.eof and (piece := unpack.decompress(packed, CHUNK)):
        packed = unpack.unconsumed_tail
        yield piece


def _column(letters: bytes) -> int:
    number = 0
    for one in letters.upper():
        number = number * 26 + one - 64
    return number


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return (
        value.isoformat() if isinstance(value, date | time) else str(value) if not isinstance(value, timedelta) else ""
    )


def _sheet(lines: Iterator[Sequence[str]], encoding: str) -> Sheet:
    rows = (row for line in lines if any(row := [unguarded(one.strip().replace("\x00", "")) for one in line]))
    first = list(islice(rows, LOOKED_AT))
    if len(first) < 2:
        raise rules.EMPTY()
    width = max(len(row) for row in first)
    if width > rules.COLUMNS_MAX:
        raise rules.TOO_WIDE(most=rules.COLUMNS_MAX)
    return Sheet(_headings(first[0], width), _rows(chain(first[1:], rows), width), encoding)


def _rows(given: Iterator[list[str]], width: int) -> Iterator[Sequence[str]]:
    for number, row in enumerate(given, 1):
        if number > rules.ROWS_MAX:
            raise _too_large()
        yield (row + [""] * width)[:width]


def _headings(given: Sequence[str], width: int) -> list[str]:
    """A heading for each column; what stands there twice, or is empty, is numbered."""
    found: list[str] = []
    for place in range(width):
        wanted = " ".join((given[place] if place < len(given) else "").split())[:200] or f"№ {place + 1}"
        title, count = wanted, 2
        while title in found:
            title, count = f"{wanted} ({count})", count + 1
        found.append(title)
    return found


def _too_large() -> Exception:
    return rules.TOO_LARGE(size="50 MB", rows=f"{rules.ROWS_MAX:,}".replace(",", "\N{NO-BREAK SPACE}"))
