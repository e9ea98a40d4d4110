"""Rows of records by their ids: a statement that the database plans once, however often it comes back.

The ORM puts its statement together and has it planned anew each time; for one row by its id that is the larger part.
What the open transaction has written itself need not be read: reactions look at the rows as they were written.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Field, JSONField

from potok.engine.values import RecordRef
from potok.kit import events, sets
from potok.records.models import Record
from potok.records.record_types import RecordType

# Nobody who only refers to a record has to wait for whoever changes it.
LOCK, LOCK_FREE = "FOR NO KEY UPDATE", "FOR NO KEY UPDATE SKIP LOCKED"
ID_MAX = 2**63 - 1
WRITTEN = "records.written"


def by_id(of: RecordType, ids: Iterable[int], *, lock: str = "") -> dict[int, Record]:
    """The rows that are there, in the order of their ids; who may see them is the caller's matter."""
    names, columns = _columns(of.model)
    found = _found(of, columns, ids, f"ORDER BY id {lock}")
    return {row.pk: row for row in (of.model.from_db(DEFAULT_DB_ALIAS, names, held) for held in found)}


def kept(of: RecordType, ids: Iterable[int]) -> set[int]:
    """Which of these ids are those of records out of the trash."""
    return {id for (id,) in _found(of, "id", ids, "AND removed_at IS NULL")}


def written(rows: Iterable[Record]) -> None:
    """Remember rows as they have just been written, until the transaction ends."""
    if (held := events.memory()) is not None:
        held.setdefault(WRITTEN, {}).update((row.ref, row) for row in rows)


def as_written(of: RecordType, ids: Iterable[int]) -> dict[int, Record]:
    """The rows that are there, not to be changed; what this transaction has written is not read again."""
    known: dict[Any, Record] = (events.memory() or {}).get(WRITTEN, {})
    held = {id: row for id in ids if (row := known.get(RecordRef(of.name, id)))}
    return held | by_id(of, set(ids) - set(held))


def _found(of: RecordType, columns: str, ids: Iterable[int], rest: str) -> Iterable[Any]:
    wanted = sorted({id for id in ids if 0 < id <= ID_MAX})
    if not wanted:
        return ()
    meta = of.model._meta  # noqa: SLF001 (Django's public face of a model)
    within = "".join(f' AND "{name}" = %b' for name in of.scope)
    statement = f'SELECT {columns} FROM "{meta.db_table}" WHERE id = ANY(%b::bigint[]){within} {rest}'  # noqa: S608
    return sets.execute(statement, (), wanted, *of.scope.values())


@cache
def _columns(model: type[Record]) -> tuple[list[str], str]:
    """The attributes of a row, and the columns that fill them."""
    columns = list(model._meta.concrete_fields)  # noqa: SLF001 (Django's public face of a model)
    assert all(_comes_as_it_is(one) for one in columns), f"{model.__name__} has a column that the ORM alone can read"
    return [one.attname for one in columns], ", ".join(f'"{one.column}"' for one in columns)


def _comes_as_it_is(column: "Field[Any, Any]") -> bool:
    # JSON is read by the driver, where it answers in its binary form.
    return isinstance(column, JSONField) or not hasattr(column, "from_db_value")
