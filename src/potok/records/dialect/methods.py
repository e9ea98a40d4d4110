"""The six methods of a record type: fields, list, get, add, update, delete. Each calls the one operation behind it."""

from typing import Any

from pydantic import Field as Default

from potok.kit.calls import Call
from potok.kit.dialects import PAGE, Arguments, Page, WireError, method, page
from potok.kit.errors import Missing
from potok.records import catalogue, queries
from potok.records.dialect import listing, writing
from potok.records.dialect.describing import described
from potok.records.dialect.naming import Dialect
from potok.records.dialect.refusing import answering
from potok.records.models import Record
from potok.records.writing import Verbs, verbs

SCOPE = "crm"


class Nothing(Arguments):
    """No arguments."""


class ListArguments(Arguments):
    """What to list."""

    filter: Any = Default(default_factory=dict)
    order: Any = Default(default_factory=dict)
    select: list[str] | str | dict[str, str] = Default(default_factory=list)
    start: int = 0


class IdArguments(Arguments):
    """Which record."""

    id: int


class AddArguments(Arguments):
    """A new record."""

    fields: dict[str, Any]
    params: dict[str, Any] = Default(default_factory=dict)


class UpdateArguments(Arguments):
    """What changes in a record."""

    id: int
    fields: dict[str, Any]
    params: dict[str, Any] = Default(default_factory=dict)


def declare_methods(dialect: Dialect) -> None:
    """Register the methods of one record type under its foreign name."""
    record_type, own = dialect.record_type, dialect.methods
    done: Verbs = verbs[record_type.name]

    @method(f"{own}.fields", scope=SCOPE)
    def fields(call: Call, given: Nothing) -> dict[str, Any]:
        """Describe the fields."""
        with answering(call):
            return described(dialect)

    @method(f"{own}.list", scope=SCOPE)
    def list_(call: Call, given: ListArguments) -> Page:
        """List records by a filter, fifty at a time."""
        with answering(call):
            return _listed(dialect, call, given)

    @method(f"{own}.get", scope=SCOPE)
    def get(call: Call, given: IdArguments) -> dict[str, Any]:
        """Show one record with all its fields."""
        with answering(call):
            return _whole(dialect, _found(dialect, call, given.id))

    @method(f"{own}.add", scope=SCOPE)
    def add(call: Call, given: AddArguments) -> int:
        """Add a record and tell its number."""
        with answering(call):
            return int(done.add(call, values=writing.values(dialect, None, given.fields)).pk)

    @method(f"{own}.update", scope=SCOPE)
    def update(call: Call, given: UpdateArguments) -> bool:
        """Change fields of a record."""
        with answering(call):
            record = _found(dialect, call, given.id)
            done.change(call, record=record, values=writing.values(dialect, record, given.fields))
        return True

    @method(f"{own}.delete", scope=SCOPE)
    def delete(call: Call, given: IdArguments) -> bool:
        """Put a record into the trash."""
        with answering(call):
            done.remove(call, record=_found(dialect, call, given.id))
        return True


def _listed(dialect: Dialect, call: Call, given: ListArguments) -> Page:
    rows = queries.rows(dialect.record_type, by=call.by).filter(listing.condition(dialect, given.filter))
    rows = rows.order_by(*listing.order(dialect, given.order))
    total = rows.count() if given.start >= 0 else 0
    names = listing.selected(dialect, _select(given.select))
    found = list(rows.select_related(None).only(*listing.columns(dialect, names))[max(given.start, 0) :][:PAGE])
    if dialect.record_type.pipeline:
        catalogue.whole().place(found)
    piece = listing.rows(dialect, found, names)
    return page(piece, start=given.start, shown=len(piece), total=total)


def _select(given: list[str] | str | dict[str, str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given.values()) if isinstance(given, dict) else given


def _found(dialect: Dialect, call: Call, id: int) -> Record:
    """What is in the trash is gone for REST, and clients know this sentence by heart."""
    try:
        record = queries.find(dialect.record_type, id, by=call.by)
    except Missing:
        raise WireError("", "Not found") from None
    if record.removed_at is not None:
        raise WireError("", "Not found")
    return record


def _whole(dialect: Dialect, record: Record) -> dict[str, Any]:
    shown = listing.row(dialect, record, listing.selected(dialect, ["*", "UF_*"]))
    lines = listing.row(dialect, record, sorted(dialect.lines & dialect.own().keys()))
    return shown | {name: value for name, value in lines.items() if value}
