"""Designed types under Bitrix24's names, where they are smart processes: `crm.type.*`, and their numbers.

Records of a designed type are read and written by the universal methods of `records`, `crm.item.*`.
"""

from typing import Any

from pydantic import Field as Default

from potok.kit import wire
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, WireError, method, page
from potok.kit.errors import FORBIDDEN, Forbidden, Refused
from potok.kit.permissions import permissions
from potok.lists import operations, rules
from potok.lists.models import Design
from potok.people import public as people
from potok.records import public as records
from potok.records.public import dialect

FIRST = 1000
SCOPE = "crm"
NAMES = {"TITLE": "title", "ASSIGNED_BY_ID": "responsible"}
PLACED = {"CATEGORY_ID": "pipeline", "STAGE_ID": "stage"}


class NoArguments(Arguments):
    """Nothing to say."""


class ListArguments(Arguments):
    """Which types."""

    filter: Any = Default(default_factory=dict)
    order: Any = Default(default_factory=dict)
    start: int = 0


class IdArguments(Arguments):
    """Which type, by its id."""

    id: int


class NumberArguments(Arguments):
    """Which type, by its number."""

    entityTypeId: int  # noqa: N815 (the name on the wire)


class AddArguments(Arguments):
    """A new type."""

    fields: dict[str, Any]


class UpdateArguments(IdArguments):
    """What changes in a type."""

    fields: dict[str, Any]


def of_number(number: int) -> "dialect.Dialect | None":
    """The dialect of a designed type: its number is its id and a thousand."""
    design = Design.objects.filter(pk=number - FIRST, archived_at=None).first() if number > FIRST else None
    of = records.record_types.get(design.name) if design else None
    if of is None:
        return None
    names = NAMES | (PLACED if of.pipeline else {})
    return dialect.Dialect(of, entity=f"DYNAMIC_{number}", number=number, names=names)


dialect.designed_by(of_number)


@method("crm.type.fields", scope=SCOPE)
def fields(call: Call, given: NoArguments) -> dict[str, Any]:
    """Describe what a type is made of."""
    return {"fields": {name: {"type": "string", "isReadOnly": name in READ_ONLY} for name in SHOWN}}


@method("crm.type.list", scope=SCOPE)
def list_(call: Call, given: ListArguments) -> Page:
    """List the types that customers have designed."""
    rows = [_shown(one) for one in _seen(call)]
    for term in wire.read_filter(given.filter):
        name = next((name for name in SHOWN if name.upper() == term.field.replace("_", "")), "")
        wanted = term.value if isinstance(term.value, list) else [term.value]
        negated = term.operator.startswith("not_")
        rows = [row for row in rows if not name or (str(row[name]) in map(str, wanted)) != negated]
    return page({"types": rows}, start=given.start, shown=len(rows), total=len(rows))


@method("crm.type.get", scope=SCOPE)
def get(call: Call, given: IdArguments) -> dict[str, Any]:
    """Show a type by its id."""
    return {"type": _shown(_found(call, given.id))}


@method("crm.type.getByEntityTypeId", scope=SCOPE)
def get_by_number(call: Call, given: NumberArguments) -> dict[str, Any]:
    """Show a type by its number."""
    return {"type": _shown(_found(call, given.entityTypeId - FIRST))}


@method("crm.type.add", scope=SCOPE)
def add(call: Call, given: AddArguments) -> dict[str, Any]:
    """Design a type."""
    told = _told(given.fields)
    title = str(told.get("TITLE", ""))
    with _answering():
        design = operations.add(
            call,
            singular=title,
            plural=title,
            pipeline=wire.is_yes(told.get("ISSTAGESENABLED", "N")),
        )
    return {"type": _shown(design)}


@method("crm.type.update", scope=SCOPE)
def update(call: Call, given: UpdateArguments) -> dict[str, Any]:
    """Change what a type is called and whether it has stages."""
    told = _told(given.fields)
    with _answering():
        design = _found(call, given.id)
        title = str(told.get("TITLE", design.plural))
        pipeline = wire.is_yes(told["ISSTAGESENABLED"]) if "ISSTAGESENABLED" in told else design.pipeline
        singular = design.singular if "TITLE" not in told else title
        operations.change(call, design=design, singular=singular, plural=title, icon=design.icon, pipeline=pipeline)
    return {"type": _shown(design)}


@method("crm.type.delete", scope=SCOPE)
def delete(call: Call, given: IdArguments) -> list[Any]:
    """Remove a type that holds no records; it is archived first."""
    with _answering():
        design = _found(call, given.id)
        count = records.record_types[design.name].rows().count()
        if count:
            raise rules.HOLDS_RECORDS(title=design.plural, count=count)
        operations.archive(call, design=design)
        operations.remove(call, design=design)
    return []


READ_ONLY = ("id", "entityTypeId", "createdTime")
SHOWN = ("id", "title", "code", "entityTypeId", "createdTime", "isStagesEnabled", "isCategoriesEnabled")


def _shown(design: Design) -> dict[str, Any]:
    stages = wire.yes_or_no(design.pipeline)
    return {
        "id": design.pk,
        "title": design.plural,
        "code": design.code,
        "entityTypeId": FIRST + design.pk,
        "createdTime": design.made_at.isoformat(timespec="seconds"),
        "isStagesEnabled": stages,
        "isCategoriesEnabled": stages,
    }


def _seen(call: Call) -> list[Design]:
    """Who sees no record of a type need not know that there is one."""
    designs = list(Design.objects.filter(archived_at=None).order_by("pk"))
    held = people.held(call.by, permissions=[f"{one.name}.see" for one in designs] + [records.SETTINGS])
    return [one for one in designs if f"{one.name}.see" in held or records.SETTINGS in held]


def _found(call: Call, id: int) -> Design:
    found = next((one for one in _seen(call) if one.pk == id), None)
    if found is None:
        raise WireError("NOT_FOUND", "Смарт-процесс не найден / SPA not found")
    return found


def _told(given: dict[str, Any]) -> dict[str, Any]:
    return {str(name).upper().replace("_", ""): value for name, value in given.items()}


class _answering:  # noqa: N801 (a context manager reads as a verb)
    """A refusal leaves as an error of the wire."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, refused: Any, trace: Any) -> None:
        if isinstance(refused, Forbidden):
            raise WireError("ACCESS_DENIED", str(FORBIDDEN(permission=permissions[records.SETTINGS].title).sentence()))
        if isinstance(refused, Refused):
            raise WireError("", refused.sentence())
