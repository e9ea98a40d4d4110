"""Changes of many records from the beginning to taking the whole back. The work is done by `carrying`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count

from potok.kit.calls import Call
from potok.kit.errors import FORBIDDEN, MISSING
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.records import catalogue, conditions, queries, rules
from potok.records.bulk.models import BulkChange
from potok.records.bulk.rules import LINES_MAX, NOBODY_ASKS, NOT_NOW, TOO_MANY, Act, State
from potok.records.record_types import RecordType
from potok.records.screens.fields import held

TOPIC = "bulk_change"
RIGHTS = {Act.CHANGE: "edit", Act.REMOVE: "remove"}


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
    _check(call, of, Act(act))
    made = BulkChange(record_type=of.name, by_id=call.author, made_at=call.at, act=Act(act), field=field)
    if made.act == Act.CHANGE:
        changed = catalogue.current().field(of, field)
        if changed.read_only:
            raise rules.READ_ONLY(place=field, field=changed.title)
        made.value = held(changed, changed.checked(value))
    rows: Any = queries.rows(of, by=call.by)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    else:
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


@operation("records.bulk.stop", needs="")
def stop(call: Call, *, of: BulkChange) -> BulkChange:
    """Change no further records; those that are changed stay so until they are taken back."""
    _in(call, of, State.RUNNING)
    of.state = State.STOPPED
    of.save(update_fields=["state"])
    touch(TOPIC, of.pk)
    return of


@operation("records.bulk.resume", needs="")
def resume(call: Call, *, of: BulkChange) -> BulkChange:
    """Go on after a stop, from the record where it was."""
    _in(call, of, State.STOPPED)
    return _go(of, State.RUNNING, place=of.place)


@operation("records.bulk.undo", needs="")
def undo(call: Call, *, of: BulkChange) -> BulkChange:
    """Take back all that was changed; what somebody has changed since stays."""
    _in(call, of, State.DONE, State.STOPPED)
    return _go(of, State.UNDOING)


def own(id: int, *, by: int | None) -> BulkChange:
    """A change of one's own, or a refusal that does not tell whether it is there."""
    found = BulkChange.objects.filter(pk=id, **({} if by is None else {"by": by})).first()
    if found is None:
        raise MISSING(id=id)
    return found


def counted(of: BulkChange) -> Counter[tuple[str, str]]:
    """How many records there are of each outcome, taken back or not."""
    grouped = of.lines.order_by().values_list("outcome", "undone").annotate(Count("pk"))
    return Counter({(outcome, undone): count for outcome, undone, count in grouped})


def _check(call: Call, of: RecordType, act: Act) -> None:
    needed = of.may(RIGHTS[act])
    if not people.may(call.by, permission=needed):
        raise FORBIDDEN(permission=permissions[needed].title)


def _in(call: Call, of: BulkChange, *states: State) -> None:
    """Lock the change, see that it is the caller's and that it stands where he thinks it does."""
    if call.by not in (None, of.by_id):
        raise MISSING(id=of.pk)
    _check(call, queries.type_named(of.record_type), Act(of.act))
    now = BulkChange.objects.select_for_update().get(pk=of.pk)
    if now.state not in states:
        raise NOT_NOW()
    of.state, of.place = now.state, now.place


def _go(of: BulkChange, state: State, *, place: int = 0) -> BulkChange:
    of.state, of.place, of.ended_at = state, place, None
    of.save(update_fields=["state", "place", "ended_at"])
    touch(TOPIC, of.pk)
    return of


__all__ = ["begin", "counted", "own", "resume", "stop", "undo"]
