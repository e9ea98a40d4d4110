"""Activities under Bitrix24's names: `crm.activity.*`, each over the one operation behind it.

Abroad an activity has one owner and any number of bindings; here it is about any number of records, the owner first.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from pydantic import Field as Default

from potok.crm.activities import queries, rules
from potok.crm.activities.about import spelled
from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.engine.values import RecordRef
from potok.kit import lists, wire
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, WireError, method, page
from potok.kit.errors import Forbidden, Missing, Refused
from potok.kit.lists import Column
from potok.records import public as records

SCOPE = "crm"
# Tasks (3) and what belongs to other products have no number here; they become messages of a provider (6).
KINDS = {rules.MEETING: "1", rules.CALL: "2", rules.LETTER: "4", rules.MESSAGE: "6"}
WAYS = {"": "0", rules.INCOMING: "1", rules.OUTGOING: "2"}
NOT_FOUND = "Activity is not found"


def _kind(code: Any) -> str:
    return _ours(KINDS, code, "TYPE_ID")


def _way(code: Any) -> str:
    return _ours(WAYS, code, "DIRECTION")


COLUMNS: Mapping[str, Column] = {
    "ID": lists.number("pk"),
    "TYPE_ID": Column("kind", _kind),
    "DIRECTION": Column("direction", _way),
    "SUBJECT": lists.text("title"),
    "DESCRIPTION": lists.text("text"),
    "RESPONSIBLE_ID": lists.number("responsible_id"),
    "AUTHOR_ID": lists.number("created_by_id"),
    "EDITOR_ID": lists.number("changed_by_id"),
    "START_TIME": lists.moment("starts_at"),
    "END_TIME": lists.moment("ends_at"),
    "DEADLINE": lists.moment("starts_at"),
    "CREATED": lists.moment("created_at"),
    "LAST_UPDATED": lists.moment("changed_at"),
    "COMPLETED": Column("done_at", matches=lambda given: _any_of(given, wire.is_yes)),
    "STATUS": Column("done_at", matches=lambda given: _any_of(given, lambda code: str(code) == "2")),
}
# Their name, ours, and how a value is read.
READS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "SUBJECT": ("title", str),
    "TYPE_ID": ("kind", _kind),
    "DIRECTION": ("direction", _way),
    "DESCRIPTION": ("text", str),
    "DEADLINE": ("starts_at", lambda raw: lists.read_moment(raw) if raw else None),
    "START_TIME": ("starts_at", lambda raw: lists.read_moment(raw) if raw else None),
    "END_TIME": ("ends_at", lambda raw: lists.read_moment(raw) if raw else None),
    "RESPONSIBLE_ID": ("responsible", str),
}


class ListArguments(Arguments):
    """Which activities."""

    filter: Any = Default(default_factory=dict)
    order: Any = Default(default_factory=dict)
    select: list[str] = Default(default_factory=list)
    start: int = 0


class IdArguments(Arguments):
    """Which activity."""

    id: int


class AddArguments(Arguments):
    """A new activity."""

    fields: dict[str, Any]


class UpdateArguments(Arguments):
    """What changes in an activity."""

    id: int
    fields: dict[str, Any]


@method("crm.activity.list", scope=SCOPE)
def list_(call: Call, given: ListArguments) -> Page:
    """List the activities that the caller may see, fifty at a time."""
    asked = {str(name).upper(): value for name, value in dict(given.filter or {}).items()}
    owner = _owner(asked)
    rows = records.rows(of, by=call.by).filter(Q(about__contains=[spelled(owner)]) if owner else Q())
    found, total = lists.piece(rows, COLUMNS, filter=asked, order=given.order, start=given.start)
    shown = [lists.selected(_shown(row), given.select) for row in found]
    return page(shown, start=given.start, shown=len(shown), total=total)


@method("crm.activity.get", scope=SCOPE)
def get(call: Call, given: IdArguments) -> dict[str, Any]:
    """Show one activity."""
    return _shown(_found(call, given.id))


@method("crm.activity.add", scope=SCOPE)
def add(call: Call, given: AddArguments) -> int:
    """Plan an activity, or write down one that is done."""
    fields = {str(name).upper(): value for name, value in given.fields.items()}
    values = {"title": "", **_values(call, fields), "about": _about(fields)}
    with _answering():
        return int(records.verbs[of.name].add(call, values=values).pk)


@method("crm.activity.update", scope=SCOPE)
def update(call: Call, given: UpdateArguments) -> bool:
    """Change an activity; completed is a field like any other."""
    fields = {str(name).upper(): value for name, value in given.fields.items()}
    row = _found(call, given.id)
    values = _values(call, fields)
    if row.is_done and values.get("done_at"):
        del values["done_at"]  # When it was done stays.
    if about := _about(fields):
        values["about"] = about
    with _answering():
        records.verbs[of.name].change(call, record=row, values=values)
    return True


@method("crm.activity.delete", scope=SCOPE)
def delete(call: Call, given: IdArguments) -> bool:
    """Put an activity into the trash."""
    with _answering():
        records.verbs[of.name].remove(call, record=_found(call, given.id))
    return True


def _found(call: Call, id: int) -> Activity:
    try:
        row = queries.found(id, by=call.by)
    except Missing:
        raise WireError("", NOT_FOUND) from None
    if row.removed_at is not None:
        raise WireError("", NOT_FOUND)
    return row


class _answering:  # noqa: N801 (a context manager reads as a verb)
    """A refusal leaves as classic methods spell it."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, raised: BaseException | None, trace: Any) -> None:
        if isinstance(raised, Forbidden):
            raise WireError("", "Access denied") from None
        if isinstance(raised, Refused):
            raise WireError("", raised.sentence()) from None


def _values(call: Call, fields: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, (ours, reads) in READS.items():
        if name in fields:
            try:
                values[ours] = reads(fields[name])
            except ValueError:
                raise WireError("", f"The field {name} is not defined or invalid") from None
    if "COMPLETED" in fields:
        values["done_at"] = call.at if wire.is_yes(fields["COMPLETED"]) else None
    return values


def _owner(fields: Mapping[str, Any]) -> RecordRef | None:
    """The record of OWNER_TYPE_ID and OWNER_ID, if both are there and known."""
    number, id = str(fields.get("OWNER_TYPE_ID", "")), str(fields.get("OWNER_ID", ""))
    names = {str(one.number): name for name, one in records.dialect.dialects.all().items()}
    return RecordRef(names[number], int(id)) if number in names and id.isdecimal() else None


def _about(fields: Mapping[str, Any]) -> list[RecordRef]:
    bindings = [{str(key).upper(): value for key, value in one.items()} for one in fields.get("BINDINGS") or ()]
    refs = [_owner(fields), *(_owner(one) for one in bindings)]
    return list(dict.fromkeys(one for one in refs if one is not None))


def _shown(row: Activity) -> dict[str, Any]:
    refs = [_binding(ref) for ref in row.refs()]
    owner = refs[0] if refs else {"OWNER_TYPE_ID": None, "OWNER_ID": None}
    return {
        "ID": str(row.pk),
        **owner,
        "TYPE_ID": KINDS.get(row.kind, "6"),
        "SUBJECT": row.title,
        "DIRECTION": WAYS.get(row.direction, "0"),
        "START_TIME": lists.show_moment(row.starts_at),
        "END_TIME": lists.show_moment(row.ends_at),
        "DEADLINE": lists.show_moment(row.starts_at),
        "COMPLETED": wire.yes_or_no(row.is_done),
        "STATUS": "2" if row.is_done else "1",
        "RESPONSIBLE_ID": str(row.responsible_id) if row.responsible_id else None,
        "DESCRIPTION": row.text,
        "AUTHOR_ID": str(row.created_by_id) if row.created_by_id else None,
        "EDITOR_ID": str(row.changed_by_id) if row.changed_by_id else None,
        "CREATED": lists.show_moment(row.created_at),
        "LAST_UPDATED": lists.show_moment(row.changed_at),
        "BINDINGS": refs,
    }


def _binding(ref: RecordRef) -> dict[str, str]:
    known = records.dialect.dialects.get(ref.type)
    return {"OWNER_TYPE_ID": str(known.number) if known else "0", "OWNER_ID": str(ref.id)}


def _any_of(given: list[Any], is_done: Callable[[Any], bool]) -> Q:
    wanted = {is_done(one) for one in given}
    return Q(*(Q(done_at__isnull=not done) for done in wanted), _connector=Q.OR)


def _ours(codes: Mapping[str, str], code: Any, name: str) -> str:
    found = {theirs: ours for ours, theirs in codes.items()}.get(str(code))
    if found is None:
        raise ValueError(name)
    return found
