"""Universal methods, `crm.item.*`: records of any type by its number, names in camelCase, numbers as numbers.

Types that customers design are answered for here alone; whoever knows them (`designed_by`) says which number is which.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Q
from pydantic import Field as Default

from potok.engine.values import Value
from potok.kit import wire
from potok.kit.calls import Call
from potok.kit.dialects import PAGE, Arguments, Page, WireError, method, page
from potok.kit.errors import Missing
from potok.records import queries
from potok.records.dialect import forms, listing, writing
from potok.records.dialect.describing import described
from potok.records.dialect.naming import CUSTOM, SYSTEM, Dialect, dialects
from potok.records.dialect.refusing import answering
from potok.records.fields import Field
from potok.records.models import Record
from potok.records.writing import verbs

SCOPE = "crm"
UNKNOWN = "ERROR_CORE"
LOGIC = "LOGIC"
# What universal methods call otherwise than classic ones.
NAMES: Mapping[str, str] = {
    "DATE_CREATE": "createdTime",
    "DATE_MODIFY": "updatedTime",
    "CREATED_BY_ID": "createdBy",
    "MODIFY_BY_ID": "updatedBy",
}
NUMBERS = {"id", "created_by_id", "changed_by_id"}

Finder = Callable[[int], "Dialect | None"]
_finders: list[Finder] = []


def designed_by(finder: Finder) -> None:
    """Ask a part above for the dialect of a type's number, when no declared type has it."""
    _finders.append(finder)


class TypeArguments(Arguments):
    """Of which type, by its number."""

    entityTypeId: int  # noqa: N815 (the name on the wire)
    useOriginalUfNames: Any = "N"  # noqa: N815 (the name on the wire)


class ListArguments(TypeArguments):
    """What to list."""

    select: list[str] | dict[str, str] | str = Default(default_factory=list)
    filter: Any = Default(default_factory=dict)
    order: Any = Default(default_factory=dict)
    start: int = 0


class IdArguments(TypeArguments):
    """Which record."""

    id: int


class AddArguments(TypeArguments):
    """A new record."""

    fields: dict[str, Any]


class UpdateArguments(IdArguments):
    """What changes in a record."""

    fields: dict[str, Any]


def declare_items() -> None:
    """Register the universal methods, once for all record types."""

    @method("crm.item.fields", scope=SCOPE)
    def fields(call: Call, given: TypeArguments) -> dict[str, Any]:
        """Describe the fields of a type."""
        with answering(call):
            dialect = of_number(given.entityTypeId)
            told = described(dialect)
            return {"fields": {camel(name): one | {"upperName": name} for name, one in told.items()}}

    @method("crm.item.list", scope=SCOPE)
    def list_(call: Call, given: ListArguments) -> Page:
        """List records of a type by a filter, fifty at a time; conditions nest."""
        with answering(call):
            return _listed(of_number(given.entityTypeId), call, given)

    @method("crm.item.get", scope=SCOPE)
    def get(call: Call, given: IdArguments) -> dict[str, Any]:
        """Show one record with all its fields."""
        with answering(call):
            dialect = of_number(given.entityTypeId)
            return {"item": shown(dialect, found(dialect, call, given.id))}

    @method("crm.item.add", scope=SCOPE)
    def add(call: Call, given: AddArguments) -> dict[str, Any]:
        """Add a record and show it."""
        with answering(call):
            dialect = of_number(given.entityTypeId)
            values = writing.values(dialect, None, _upper(dialect, given.fields))
            row = verbs[dialect.record_type.name].add(call, values=values)
            return {"item": shown(dialect, queries.find(dialect.record_type, row.pk, by=None))}

    @method("crm.item.update", scope=SCOPE)
    def update(call: Call, given: UpdateArguments) -> dict[str, Any]:
        """Change fields of a record and show it."""
        with answering(call):
            dialect = of_number(given.entityTypeId)
            row = found(dialect, call, given.id)
            values = writing.values(dialect, row, _upper(dialect, given.fields))
            verbs[dialect.record_type.name].change(call, record=row, values=values)
            return {"item": shown(dialect, queries.find(dialect.record_type, row.pk, by=None))}

    @method("crm.item.delete", scope=SCOPE)
    def delete(call: Call, given: IdArguments) -> list[Any]:
        """Put a record into the trash."""
        with answering(call):
            dialect = of_number(given.entityTypeId)
            verbs[dialect.record_type.name].remove(call, record=found(dialect, call, given.id))
            return []


def of_number(number: int) -> Dialect:
    """The dialect of a type's number, or an error that clients know."""
    known = next((one for one in dialects.all().values() if one.number == number), None)
    dialect = known or next(filter(None, (finder(number) for finder in _finders)), None)
    if dialect is None:
        raise WireError("NOT_FOUND", "Смарт-процесс не найден / SPA not found")
    return dialect


def found(dialect: Dialect, call: Call, id: int) -> Record:
    """A record that the caller sees and that is not in the trash."""
    try:
        row = queries.find(dialect.record_type, id, by=call.by)
    except Missing:
        raise WireError("NOT_FOUND", "Element not found") from None
    if row.removed_at is not None:
        raise WireError("NOT_FOUND", "Element not found")
    return row


def camel(name: str) -> str:
    """`ASSIGNED_BY_ID` is `assignedById`; of a custom field only the beginning changes."""
    if name.startswith(CUSTOM):
        return "ufCrm_" + name.removeprefix(CUSTOM)
    if name in NAMES:
        return NAMES[name]
    first, *rest = name.lower().split("_")
    return first + "".join(part.capitalize() for part in rest)


def upper(name: str) -> str:
    """The way back; a name in capitals stays as it is."""
    for theirs, ours in NAMES.items():
        if name == ours:
            return theirs
    if name.lower().startswith("ufcrm"):
        return CUSTOM + re.sub(r"^ufcrm_?", "", name, flags=re.IGNORECASE).upper()
    if name.isupper():
        return name
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def shown(dialect: Dialect, record: Any, names: Sequence[str] = ()) -> dict[str, Any]:
    """One record as it is answered: numbers are numbers here, not texts."""
    fields = dialect.all()
    wanted = names or [*SYSTEM, *fields]
    told = {camel(name): _cell(dialect, record, name, fields.get(name)) for name in wanted}
    return told | {"entityTypeId": dialect.number} if not names else told


def _cell(dialect: Dialect, record: Any, name: str, field: Field | None) -> Any:
    if name in SYSTEM:
        value = getattr(record, SYSTEM[name])
        return value if SYSTEM[name] in NUMBERS else forms.moment(value)
    if field is None or dialect.is_currency(name) or name in dialect.lines or field.kind == "pipeline":
        told = listing.cell(dialect, name, field)(record)
        return int(told) if field is not None and field.kind == "pipeline" else told
    value = field.of(record)
    if field.multiple:
        return [_item(field, one) for one in (value if isinstance(value, tuple) else ())]
    return None if value is None else _item(field, value)


def _item(field: Field, item: Any) -> Any:
    match field.kind:
        case "number":
            return item if isinstance(item, int) else float(item)
        case "money":
            return float(item.amount) if not field.custom else forms.shown(field, item)
        case "person" | "link":
            return item.id
        case "yes_no":
            return "Y" if item else "N"
        case "date":
            return forms.moment(datetime.combine(item, time(), UTC)) if isinstance(item, date) else None
        case "choice":
            return int(item) if str(item).isdecimal() else str(item)
    one: Value = item
    return forms.shown_item(field, one)


def _upper(dialect: Dialect, given: Mapping[str, Any]) -> dict[str, Any]:
    return {upper(str(name)): raw for name, raw in given.items()}


def _listed(dialect: Dialect, call: Call, given: ListArguments) -> Page:
    rows: Any = queries.rows(dialect.record_type, by=call.by).filter(_group(dialect, given.filter))
    order = {upper(str(name)): way for name, way in given.order.items()} if isinstance(given.order, Mapping) else {}
    rows = rows.order_by(*listing.order(dialect, order))
    total = rows.count() if given.start >= 0 else 0
    names = _selected(dialect, given.select)
    items = [shown(dialect, row, names) for row in rows[max(given.start, 0) :][:PAGE]]
    return page({"items": items}, start=given.start, shown=len(items), total=total)


def _selected(dialect: Dialect, select: Any) -> list[str]:
    asked = [select] if isinstance(select, str) else list(select.values()) if isinstance(select, dict) else list(select)
    known = [*SYSTEM, *dialect.all()]
    if not asked or "*" in asked:
        return []
    names = [upper(str(one)) for one in asked]
    return [*dict.fromkeys(["ID", *(name for name in names if name in known)])]


def _group(dialect: Dialect, given: Any) -> Q:
    """A filter whose numbered parts are groups; a name that nobody knows is an error here."""
    if not isinstance(given, Mapping | list):
        raise WireError("INVALID_ARG_VALUE", "Invalid filter: an object is expected")
    pairs = list(enumerate(given)) if isinstance(given, list) else list(given.items())
    parts: list[Q] = []
    connector: str = Q.AND
    for key, value in pairs:
        name = str(key)
        if name.upper() == LOGIC:
            connector = Q.OR if str(value).upper() == "OR" else Q.AND
        elif name.isdecimal():
            parts.append(_group(dialect, value))
        else:
            parts.append(_term(dialect, name, value))
    return Q(*parts, _connector=connector) if parts else Q()


def _term(dialect: Dialect, key: str, value: Any) -> Q:
    prefix = next((prefix for prefix in wire.PREFIXES if key.startswith(prefix)), "")
    name = upper(key[len(prefix) :])
    known = {*SYSTEM, *dialect.all(), "STAGE_SEMANTIC_ID", "CLOSED"}
    if name not in known:
        raise WireError("INVALID_ARG_VALUE", f"Invalid filter: field '{key[len(prefix) :]}' is not allowed in filter")
    return listing.condition(dialect, {f"{prefix}{name}": value})
