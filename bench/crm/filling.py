"""A million deals and contacts, made in the database by set statements: a record's number and a seed say all of it.

Entries of the search are written beside; a sample of them is
then written by the product itself, which must find nothing to change.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from bench.crm import vocabulary
from bench.crm.company import SHARED, STAGES, TYPES, Company
from bench.crm.vocabulary import SEED

# Of every ten deals one and a half are open, as after some years.
SHARE_OPEN, SHARE_WON = 150, 650
DAYS = 1_000
SAMPLE = 300
EVER = "timestamptz '2026-11-01 09:00+00'"


def pick(salt: int, count: int) -> str:
    """A number below `count` that depends on `i` and the salt alone."""
    return f"mod(hashint8extended(i, {SEED + salt}) & 9223372036854775807, {count})::int"


MOMENT = f"{EVER} - {pick(1, DAYS)} * interval '1 day' - {pick(2, 86_400)} * interval '1 second'"
PROPS = f"""jsonb_build_object('uf_segment', ({pick(11, 20)} + 1)::text, 'uf_priority', ({pick(12, 4)} + 1)::text,
    'uf_score', {pick(13, 100_000)}, 'uf_area', {pick(14, 1_000)} / 4.0,
    'uf_visited_on', (date '2026-11-01' - {pick(15, DAYS)})::text, 'uf_regular', {pick(16, 2)} = 1,
    'uf_place', place.word, 'uf_object', thing.word || ' ' || thing2.word,
    'uf_budget', jsonb_build_object('amount', {pick(17, 100_000)} * 10.0, 'currency', 'RUB'),
    'uf_curator', (%(people)s::bigint[])[{pick(18, 200)} + 1])"""
KEPT = {
    "responsible_id": f"(%(people)s::bigint[])[{pick(3, 200)} + 1]",
    "created_at": MOMENT, "changed_at": MOMENT, "revision": "1", "props": PROPS,
    "created_by_id": "NULL::bigint", "changed_by_id": "NULL::bigint", "removed_at": "NULL::timestamptz",
}  # fmt: skip
PHONE = f"'9' || lpad({pick(21, 1_000_000_000)}::text, 9, '0')"
REACH = {
    "phone": f"jsonb_build_array(jsonb_build_object('value', '+7' || {PHONE}, 'kind', 'work'))",
    "email": "jsonb_build_array(jsonb_build_object('value', mail.word || '@' || mail2.word || '.example',"
    " 'kind', 'work'))",
    "comment": "''",
}
STAGE = f"""CASE WHEN {pick(31, 1000)} < {SHARE_OPEN} THEN (%(stages)s::bigint[])[{pick(32, 5)} + 1]
    WHEN {pick(31, 1000)} < {SHARE_WON} THEN (%(stages)s::bigint[])[6] ELSE (%(stages)s::bigint[])[7] END"""
TITLES = {
    "crm.company": "form.word || ' «' || name.word || '»'",
    "crm.contact": "surname.word || ' ' || name.word",
    "crm.deal": "title.word || ' ' || lower(title2.word) || ', ' || name.word",
}
OWN: Mapping[str, Mapping[str, str]] = {
    "crm.company": {**REACH, "site": "''", "address": "''"},
    "crm.contact": {
        **REACH, "surname": "surname.word", "name": "name.word", "patronymic": "patronymic.word",
        "position": "position.word", "company_id": f"mod({pick(33, 10**6)}, %(companies)s) + 1",
    },
    "crm.deal": {
        "pipeline_id": "%(pipeline)s", "stage_id": STAGE, "amount": f"{pick(34, 100_000)} * 100", "currency": "'RUB'",
        "amount_by_hand": "false", "company_id": f"mod({pick(33, 10**6)}, %(companies)s) + 1",
        "contact_id": f"mod({pick(35, 10**6)}, %(contacts)s) + 1", "close_on": f"date '2027-03-01' - {pick(36, DAYS)}",
        "source": "'WEB'", "lost_reason": "''", "comment": "''",
    },
}  # fmt: skip
# alias → sort, how many, salt; those of the custom fields first.
CUSTOM = {"place": ("invented", 51), "thing": ("thing", 52), "thing2": ("thing", 53)}
MAILS = {"mail": ("mail", 54), "mail2": ("mail", 55)}
WORDS: Mapping[str, Mapping[str, tuple[str, int]]] = {
    "crm.company": {**CUSTOM, **MAILS, "form": ("form", 61), "name": ("invented", 62)},
    "crm.contact": {
        **CUSTOM, **MAILS, "surname": ("surname", 63), "name": ("name", 64), "patronymic": ("patronymic", 65),
        "position": ("position", 66),
    },
    "crm.deal": {**CUSTOM, "title": ("thing", 67), "title2": ("thing", 68), "name": ("invented", 69)},
}  # fmt: skip
ENTRY = """INSERT INTO search_entry (kind, object, owner, title, key, at, words)
SELECT %(kind)s, i, responsible_id, title, lower(title), changed_at,
    array_to_tsvector(string_to_array(sounds, ' ')) || strip(to_tsvector('russian', russian)) FROM bench_row"""


def fill(company: Company, *, deals: int) -> float:
    """Bring the tables to so many deals and contacts, and three tenths as many companies; answers the seconds."""
    begun = time.perf_counter()
    counts = {"crm.company": deals * 3 // 10, "crm.contact": deals, "crm.deal": deals}
    given = {
        "people": list(company.people),
        "stages": list(company.stages),
        "pipeline": company.pipeline,
        "companies": counts["crm.company"],
        "contacts": deals,
    }
    words = vocabulary.write()
    _learn()
    tables = [_table(name) for name in counts]
    with connection.cursor() as cursor:
        _hurry(cursor)
        with transaction.atomic(), _without_indexes(cursor, [*tables, "search_entry"]):
            for name, count in counts.items():
                _add(cursor, name, count, words, given)
        _share(cursor, company)
        for table in (*tables, "search_entry", "search_word", "records_share"):
            cursor.execute(f"VACUUM ANALYZE {table}")
    _check()
    return time.perf_counter() - begun


def _hurry(cursor: Any) -> None:
    for setting in (
        "synchronous_commit = off", "maintenance_work_mem = '1GB'", "max_parallel_maintenance_workers = 1",
        "work_mem = '64MB'",
    ):  # fmt: skip
        cursor.execute(f"SET {setting}")


def _add(cursor: Any, name: str, count: int, words: Mapping[str, int], given: Mapping[str, Any]) -> None:
    table = _table(name)
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
    first = cursor.fetchone()[0] + 1
    columns = {**_defaults(name), **KEPT, **OWN[name], "title": TITLES[name], "sort_key": f"lower({TITLES[name]})"}
    russian = [alias for alias in WORDS[name] if not alias.startswith("mail")]
    sounds = [f"{alias}.sound" for alias in WORDS[name]]
    if "phone" in columns:
        pieces = ", ".join(f"'#' || substr({PHONE}, {place}, 4)" for place in range(1, 8))
        sounds += [f"concat_ws(' ', 'eksample', {pieces}, '#' || right({PHONE}, 3))"]
    columns["sounds"] = f"concat_ws(' ', {', '.join(sounds)})"
    columns["russian"] = f"lower(concat_ws(' ', {', '.join(f'{alias}.word' for alias in russian)}))"
    made = ", ".join(f"{expression} AS {column}" for column, expression in columns.items())
    joins = " ".join(
        f"JOIN bench_word {alias} ON {alias}.sort = '{sort}' AND {alias}.number = {pick(salt, words[sort])}"
        for alias, (sort, salt) in WORDS[name].items()
    )
    cursor.execute("DROP TABLE IF EXISTS bench_row")
    cursor.execute(
        f"CREATE UNLOGGED TABLE bench_row AS SELECT i, {made} FROM generate_series({first}::bigint, {count}) i {joins}",
        given,
    )
    kept = [column for column in columns if column not in ("sounds", "russian")]
    cursor.execute(f"INSERT INTO {table} (id, {', '.join(kept)}) SELECT i, {', '.join(kept)} FROM bench_row ORDER BY i")
    cursor.execute(ENTRY.replace("FROM bench_row", "FROM bench_row ORDER BY i"), {"kind": name})
    cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    cursor.execute("DROP TABLE bench_row")


def _defaults(name: str) -> dict[str, str]:
    """Columns that this file does not name, with what the model begins with; so that a new column breaks nothing."""
    from potok.records.public import record_types

    found = {}
    for column in record_types[name].model._meta.concrete_fields:
        value = column.get_default()
        if column.column and not column.null and not column.primary_key and isinstance(value, str | bool | int | list):
            found[column.column] = _literal(value)
    return found


def _literal(value: str | bool | int | list[object]) -> str:
    if isinstance(value, list):
        return f"'{json.dumps(value)}'::jsonb"
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def _table(name: str) -> str:
    from potok.records.public import record_types

    return str(record_types[name].model._meta.db_table)


@contextmanager
def _without_indexes(cursor: Any, tables: Sequence[str]) -> Iterator[None]:
    """Drop indexes and keys for the while: made at the end they take a tenth of the time."""
    cursor.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
        WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique""",
        [list(tables)],
    )
    indexes = cursor.fetchall()
    cursor.execute("SET LOCAL session_replication_role = replica")  # no foreign key is asked for each row
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, made in indexes:
        cursor.execute(made)


def _share(cursor: Any, company: Company) -> None:
    """Five hundred deals, spread over all of them, are shared with the seller."""
    cursor.execute("DELETE FROM records_share")
    cursor.execute(
        f"""INSERT INTO records_share (record_type, record_id, holder, may_edit, observes, at)
        SELECT 'crm.deal', 1 + i * greatest((SELECT max(id) FROM {_table("crm.deal")}) / {SHARED}, 1), 'user_' || %s,
            false, false, {EVER} FROM generate_series(0, {SHARED - 1}) i""",
        [company.seller],
    )


def _learn() -> None:
    from potok.records.search import mistakes, upkeep
    from potok.records.search.models import Built, Word

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT sound FROM bench_word WHERE sound ~ '^[a-z]{4,40}$'")
        sounds = [row[0] for row in cursor.fetchall()]
    known = [Word(sound=sound, near=mistakes.near(sound)) for sound in sounds]
    Word.objects.bulk_create(known, ignore_conflicts=True, batch_size=5_000)
    Built.objects.update_or_create(pk=1, defaults={"rules": upkeep.RULES})


def _check() -> None:
    """Let the product write some entries: it writes none where they say already what it would write."""
    from potok.records.search import indexing
    from potok.records.search.models import Unread

    Unread.objects.all().delete()
    indexing.keep({name: range(1, SAMPLE + 1) for name in TYPES})
    assert not Unread.objects.exists(), "entries are not as the product writes them"
    assert len(STAGES) == 7
