"""Records that hold certain values: found by the indexes of the table, whatever the field."""

from collections.abc import Sequence
from typing import Any

from potok.engine.values import Value
from potok.kit import sets
from potok.kit.events import encode
from potok.people import public as people
from potok.records.fields import Field
from potok.records.record_types import RecordType

# A phone among several, or a field of the customer, lies in JSON: one look into its index for each value. Written as
# `@> … OR @> …` five hundred values take the planner longer than the look takes.
HOLDING = "SELECT DISTINCT t.id FROM unnest(%b::text[]::jsonb[]) n(value) JOIN {table} t ON t.{column} @> n.value"
# What was written lately waits in a list beside such an index, and every look reads all of that list. Without figures
# about a table that has just grown the planner would rather read the whole of it for each value.
SETTLE = """SELECT set_config('enable_seqscan', 'off', true), gin_clean_pending_list(c.oid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = %b::text::regclass AND a.amname = 'gin'"""
AS_USUAL = "SELECT set_config('enable_seqscan', 'on', true)"


def ids(of: RecordType, one: Field, given: Sequence[Value]) -> set[int]:
    """The records of the type's table with any of these values, in the trash too; who may see them is the caller's
    matter."""
    values = list(dict.fromkeys(given))
    if not values:
        return set()
    if one.name == "title":
        return _plain(of, "sort_key", [people.folded(str(value)) for value in values])
    if one.custom:
        return _holding(
            of, "props", [{one.name: [one.to_plain(v)] if one.multiple else one.to_plain(v)} for v in values]
        )
    if one.in_list:
        return _holding(of, one.name, [one.holding(value) for value in values])
    if type(one).equals is Field.equals:
        return _plain(of, one.path, [one.comparable(value) for value in values])
    return set(of.rows().filter(one.where("in", values)).values_list("pk", flat=True))


def _plain(of: RecordType, path: str, values: Sequence[Any]) -> set[int]:
    wanted = of.rows().filter(**{f"{path}__in": values}).order_by().values_list("pk", flat=True)
    # Asked apart, so that each is answered by an index of its own.
    return {*wanted.filter(removed_at=None), *wanted.filter(removed_at__isnull=False)}


def _holding(of: RecordType, column: str, wanted: Sequence[Any]) -> set[int]:
    table = of.model._meta.db_table  # noqa: SLF001 (Django's public face of a model)
    sets.execute(SETTLE, (), f'"{table}"')
    statement = HOLDING.format(table=f'"{table}"', column=f'"{column}"')
    found = sets.execute(statement, [(encode(one),) for one in wanted]).fetchall()
    sets.execute(AS_USUAL)
    return {id for (id,) in found}
