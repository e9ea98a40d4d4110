"""Records in and out: an import with match keys beside `COPY` into the same table, and exports with their memory.

Companies are made by a seeded generator. Half of the rows of the file match companies that are there by phone or mail;
the import is the product's own, with history, search, duplicates and the way back.
"""

import csv
import io
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from bench.ours import house
from potok.kit import clock
from potok.kit.doors import opened
from potok.processes import worker
from potok.records.exchange import carrying, export, operations
from potok.records.exchange.models import Import
from potok.records.public import record_types

SEED = 20_261_122
TYPE = "crm.company"
HEADINGS = ("Name", "Phone", "E-mail", "Site", "Address", "Comment")
XLSX_SHARE = 4  # of the rows: a workbook takes longer


def measure(answers: Path, *, count: int) -> None:
    """Write a line for each figure: name, value, unit, bar, note."""
    person = house.furnish()
    worker.settle_in()
    copied = _copied(count)
    _import(person, _table(count // 2, skip=0))
    of = _begun(person, _table(count, skip=0))
    tried = _timed(of)
    with opened(person, door="screen") as call:
        operations.carry_out(call, of=of)
    written = _timed(of)
    note = f"{count:,} companies, half of them there already, found by phone or mail"
    lines = [
        ("exchange: import, tried", count / tried, "rows/s", 3000, note),
        ("exchange: import, written", count / written, "rows/s", 3000, f"{note}; with history, search and way back"),
        ("exchange: import, share of COPY", 100 * count / written / copied, "%", 20,
         f"COPY into the table with its indexes: {copied:,.0f} rows/s"),
    ]  # fmt: skip
    rows = record_types[TYPE].model.objects.count()
    for form, bar, most in (("csv", 10_000, rows), ("xlsx", 2_000, rows // XLSX_SHARE)):
        rate, first, last = _exported(person, form, most)
        memory = f"peak {first:.0f} MiB after a tenth, {last:.0f} MiB after all {most:,} rows"
        lines.append((f"exchange: export, {form}", rate, "rows/s", bar, memory))
        lines.append((f"exchange: export, {form}, memory", last - first, "MiB more", 10, memory))
    answers.write_text("\n".join("\t".join(map(str, line)) for line in lines))


def _rows(count: int, *, skip: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(SEED + skip)
    for number in range(skip, skip + count):
        name = "".join(chance.choice("абвгдежзиклмнопрст") for _ in range(8)).capitalize()
        yield (
            f"ООО «{name} {number}»", f"8 (921) {number // 10000:03}-{number // 100 % 100:02}-{number % 100:02}",
            f"info{number}@firm.example", f"firm{number}.example", f"Тверь, улица {name}, {number % 200}", name,
        )  # fmt: skip


def _table(count: int, *, skip: int) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADINGS)
    writer.writerows(_rows(count, skip=skip))
    return text.getvalue().encode()


def _begun(person: int, content: bytes) -> Import:
    with opened(person, door="screen") as call:
        of = operations.begin(call, record_type=TYPE, name="firms.csv", content=content)
        return operations.choose(call, of=of, columns=of.columns, keys=["phone", "email"])


def _import(person: int, content: bytes) -> None:
    of = _begun(person, content)
    carrying.run_until_idle()
    with opened(person, door="screen") as call:
        operations.carry_out(call, of=of)
    carrying.run_until_idle()


def _timed(of: Import) -> float:
    """How long the loop takes until nothing is left to do."""
    begun = time.perf_counter()
    carrying.run_until_idle(batches=100_000)
    took = time.perf_counter() - begun
    of.refresh_from_db()
    assert not of.lines.filter(outcome__in=("", "wrong")).exists(), "some rows were not understood"
    return took


def _copied(count: int) -> float:
    """Rows a second of `COPY` into the table of companies, with its indexes; they are taken away again."""
    model = record_types[TYPE].model
    meta = model._meta
    columns = [one for one in meta.concrete_fields if not one.primary_key]
    usual: dict[str, Any] = {str(one.column): one.get_db_prep_save(one.get_default(), connection) for one in columns}
    made = []
    for title, phone, mail, site, address, comment in _rows(count, skip=10_000_000):
        reached = {
            "phone": Jsonb([{"kind": "work", "value": phone}]),
            "email": Jsonb([{"kind": "work", "value": mail}]),
        }
        named = {"title": title, "sort_key": title.lower(), "site": site, "address": address, "comment": comment}
        row = {**usual, **named, **reached, "created_at": clock.now(), "changed_at": clock.now()}
        made.append(row)
    begun = time.perf_counter()
    names = ", ".join(f'"{one}"' for one in usual)
    with connection.cursor() as cursor, cursor.copy(f"COPY {meta.db_table} ({names}) FROM STDIN") as copy:
        for one in made:
            copy.write_row(one.values())
    took = time.perf_counter() - begun
    model.objects.all().delete()
    return count / took


def _exported(person: int, form: str, most: int) -> tuple[float, float, float]:
    """Rows a second, and the peak of memory after a tenth and after all."""
    of = record_types[TYPE]
    fields = [
        one for one in of.declared().values() if one.name in ("title", "phone", "email", "address", "responsible")
    ]
    write, _type = export.FORMS[form]
    peaks, took = [], 0.0
    for count in (most // 10, most):
        rows = export.reachable(of, of.rows(), by=person).order_by("pk")[:count]
        with tempfile.TemporaryFile() as file:
            begun = time.perf_counter()
            write(export.lines(rows, fields, by=person), file)
            took = time.perf_counter() - begun
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return most / took, peaks[0], peaks[1]
