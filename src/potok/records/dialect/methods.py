"""The six methods of a record type: fields, list, get, add, update, delete. Each calls the one operation behind it."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field as Default

from potok.kit.calls import Call
from potok.kit.dialects import PAGE, Arguments, Page, WireError, method, page
from potok.kit.errors import Missing
from potok.records import queries
from potok.records.dialect import forms, listing
from potok.records.dialect.describing import described
from potok.records.dialect.naming import Dialect
from potok.records.dialect.refusing import answering
from potok.records.fields import PipelineField
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
        with answering():
            return described(dialect)

    @method(f"{own}.list", scope=SCOPE)
    def list_(call: Call, given: ListArguments) -> Page:
        """List records by a filter, fifty at a time."""
        with answering():
            return _listed(dialect, call, given)

    @method(f"{own}.get", scope=SCOPE)
    def get(call: Call, given: IdArguments) -> dict[str, Any]:
        """Show one record with all its fields."""
        with answering():
            return _whole(dialect, _found(dialect, call, given.id))

    @method(f"{own}.add", scope=SCOPE)
    def add(call: Call, given: AddArguments) -> int:
        """Add a record and tell its number."""
        with answering():
            return int(done.add(call, values=_values(dialect, None, given.fields)).pk)

    @method(f"{own}.update", scope=SCOPE)
    def update(call: Call, given: UpdateArguments) -> bool:
        """Change fields of a record."""
        with answering():
            record = _found(dialect, call, given.id)
            done.change(call, record=record, values=_values(dialect, record, given.fields))
        return True

    @method(f"{own}.delete", scope=SCOPE)
    def delete(call: Call, given: IdArguments) -> bool:
        """Put a record into the trash."""
        with answering():
            done.remove(call, record=_found(dialect, call, given.id))
        return True


def _listed(dialect: Dialect, call: Call, given: ListArguments) -> Page:
    rows = queries.rows(dialect.record_type, by=call.by).filter(listing.condition(dialect, given.filter))
    rows = rows.order_by(*listing.order(dialect, given.order))
    total = rows.count() if given.start >= 0 else 0
    names = listing.selected(dialect, _select(given.select))
    piece = [listing.row(dialect, row, names) for row in rows[max(given.start, 0) :][:PAGE]]
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
    lines = listing.row(dialect, record, sorted(dialect.lines))
    return shown | {name: value for name, value in lines.items() if value}


def _values(dialect: Dialect, record: Record | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the operation by our names. Unknown names and what the system fills in are let be."""
    upper = {str(name).upper(): raw for name, raw in given.items()}
    values: dict[str, Any] = {}
    for name, field in dialect.all().items():
        if name not in upper or field.read_only:
            continue
        if field.kind == "money" and not field.custom:
            values[field.name] = _money(dialect, record, field.name, upper)
        elif name in dialect.lines:
            merged = forms.merged(None if record is None else field.of(record), upper[name])
            values[field.name] = merged if field.multiple else merged[-1]["value"] if merged else None
        elif isinstance(field, PipelineField):
            values[field.name] = listing.pipeline_id(dialect, upper[name])
        else:
            values[field.name] = forms.given(field, upper[name])
    return values


def _money(dialect: Dialect, record: Any, name: str, given: Mapping[str, Any]) -> Any:
    """An amount and its currency travel apart; what is not given stays."""
    theirs = {ours: their for their, ours in dialect.names.items()}
    amount = given.get(theirs[name], None if record is None else getattr(record, name))
    currency = given.get(theirs[f"{name}.currency"]) or ("" if record is None else record.currency)
    if amount in (None, ""):
        return None
    text = str(amount)
    return text if "|" in text else {"amount": amount, "currency": currency}
