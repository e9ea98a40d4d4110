"""How changes of many records begin. The work is done by `carrying`, stopped and taken back as every work."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from potok.kit import viewing
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.records import catalogue, conditions, queries, rules
from potok.records.bulk.models import BulkChange
from potok.records.bulk.rules import LINES_MAX, NOBODY_ASKS, TOO_MANY, Act
from potok.records.screens.fields import held
from potok.records.works import operations as works


@operation("records.bulk.begin", needs="")
def begin(
    call: Call,
    *,
    record_type: str,
    act: str = Act.CHANGE,
    field: str = "",
    value: Any = None,
    ids: Sequence[int] | None = None,
    filter: Mapping[str, Any] | None = None,
    search: str = "",
) -> BulkChange:
    """Settle which records are meant, by their ids or by a filter, and what becomes of them; the rest follows."""
    of = queries.type_named(record_type)
    if call.author is None:
        raise NOBODY_ASKS()
    made = BulkChange(record_type=of.name, by_id=call.author, made_at=call.at, act=Act(act), field=field)
    works.check_may(call.by, permission=made.needs())
    if made.act == Act.CHANGE:
        changed = catalogue.seen_by(call.by).field(of, field)
        if changed.read_only:
            raise rules.READ_ONLY(place=field, field=changed.title)
        made.value = held(changed, changed.checked(value))
    rows: Any = queries.rows(of, by=call.by)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    else:
        with viewing.shown_to(call.by):
            rows = conditions.search(rows.filter(conditions.where(of, filter or {})), of, search)
    made.save()
    made.total = _note_lines(made, rows)
    made.save(update_fields=["total"])
    return made


def _note_lines(made: BulkChange, rows: Any) -> int:
    """A line for each record, in one statement, however many there are."""
    asked, given = rows.select_related(None).order_by("pk").values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        statement = "INSERT INTO records_bulkline (of_id, record_id) SELECT %s, q.id FROM ({}) q(id) LIMIT %s"
        cursor.execute(statement.format(asked), [made.pk, *given, LINES_MAX + 1])
        count: int = cursor.rowcount
    if count > LINES_MAX:
        raise TOO_MANY(count=f"{LINES_MAX}+", most=str(LINES_MAX))
    return count


__all__ = ["begin"]
