"""Lists under foreign names: rows of a table narrowed, ordered and cut into pages as a client asks.

COLUMNS = {"ID": lists.number("pk"), "TITLE": lists.text("title"), "DEADLINE": lists.moment("deadline")}
rows, total = lists.piece(Task.objects.all(), COLUMNS, filter=given.filter, order=given.order, start=given.start)

Names that no column has are let be, in filters and in orders, as classic methods do.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from potok.kit import wire
from potok.kit.dialects import PAGE, WireError

M = TypeVar("M", bound=Model)
LOOKUPS = {
    "equal": "__exact", "in": "__in", "greater": "__gt", "at_least": "__gte", "less": "__lt", "at_most": "__lte",
    "contains": "__icontains", "like": "__iregex",
}  # fmt: skip
NEGATED = {"not_equal": "equal", "not_in": "in", "not_contains": "contains", "not_like": "like", "filled": "empty"}


@dataclass(frozen=True, slots=True)
class Column:
    """What a foreign name stands for: a path of ours, and how a value that came is read (`ValueError`: it cannot be).

    A foreign key is named by its column (`person_id`), or rows are ordered by what the other table likes. A column with
    `many` holds several values and is equal to each of them. `matches` says itself what any of some values means.
    """

    path: str
    read: Callable[[Any], Any] = str
    many: bool = False
    matches: Callable[[list[Any]], Q] | None = None


def number(path: str) -> Column:
    return Column(path, int)


def text(path: str) -> Column:
    return Column(path)


def moment(path: str) -> Column:
    return Column(path, read_moment)


def read_moment(raw: Any) -> datetime:
    """Read `2026-11-24`, `2026-11-24T18:00:00+03:00` or `24.11.2026 18:00:00`; without a zone it is the server's."""
    day, _, hour = str(raw).strip().replace("T", " ").partition(" ")
    if parts := re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", day):
        day = f"{parts[3]}-{parts[2]}-{parts[1]}"
    if not hour:
        return datetime.combine(date.fromisoformat(day), time(), UTC)
    at = datetime.fromisoformat(f"{day} {hour}")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def show_moment(at: datetime | None) -> str | None:
    """Write a moment as all methods do: to the second, in the zone of the server."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")


def piece(
    rows: QuerySet[M], columns: Mapping[str, Column], *, filter: Any, order: Any, start: int
) -> tuple[list[M], int]:
    """Fetch the piece of the rows that begins at `start`, and how many there are; with −1 nobody counts."""
    rows = rows.filter(condition(columns, filter)).order_by(*ordering(columns, order))
    total = rows.count() if start >= 0 else 0
    return list(rows[max(start, 0) :][:PAGE]), total


def condition(columns: Mapping[str, Column], given: Any) -> Q:
    """The condition that a foreign filter stands for."""
    found = Q()
    for term in wire.read_filter(given):
        if term.field in columns:
            found &= _term(columns[term.field], term)
    return found


def ordering(columns: Mapping[str, Column], given: Any) -> list[str]:
    """What a QuerySet sorts by; the id at the end, so that pages do not overlap."""
    known = [(columns[name].path, down) for name, down in wire.read_order(given) if name in columns]
    return [*[f"-{path}" if down else path for path, down in known], "pk"]


def selected(row: Mapping[str, Any], select: list[str]) -> dict[str, Any]:
    """Leave what was asked for of a row; nothing asked, or `*`, is everything."""
    wanted = {str(name).upper() for name in select}
    return dict(row) if not wanted or "*" in wanted else {name: row[name] for name in row if name.upper() in wanted}


def _term(column: Column, term: wire.Term) -> Q:
    operator = NEGATED.get(term.operator, term.operator)
    found = _empty(column) if operator == "empty" else _compared(column, operator, term)
    return ~found if term.operator in NEGATED else found


def _empty(column: Column) -> Q:
    if column.many:
        return Q(**{column.path: []})
    absent = Q(**{f"{column.path}__isnull": True})
    return absent | Q(**{column.path: ""}) if column.read is str else absent


def _compared(column: Column, operator: str, term: wire.Term) -> Q:
    values = [_read(column, one, term.field) for one in _listed(term.value)]
    if column.matches:
        return column.matches(values)
    if column.many:
        return Q(**{f"{column.path}__overlap": values})
    if operator == "in":
        return Q(**{f"{column.path}__in": values})
    wanted = pattern(str(term.value)) if operator == "like" else values[0]
    return Q(**{column.path + LOOKUPS[operator]: wanted})


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _read(column: Column, raw: Any, name: str) -> Any:
    try:
        return column.read(raw)
    except (ValueError, TypeError, LookupError):
        raise WireError("INVALID_ARG_VALUE", f"Invalid value {{{raw}}} of {{{name}}} in filter") from None


def pattern(like: str) -> str:
    """A pattern with the caller's `%` and `_` as a regular expression."""
    return "^" + re.escape(like).replace("%", ".*").replace("_", ".") + "$"
