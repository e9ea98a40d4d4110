"""`bizproc.workflow.template.list`: published definitions. Their drawing is not told: blocks are not activities."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field as Default

from potok.engine.graph import Declaration, On
from potok.kit import lists
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, method, page
from potok.kit.errors import FORBIDDEN
from potok.kit.lists import Column
from potok.kit.permissions import permissions
from potok.people import public as people
from potok.processes import published
from potok.processes.dialect import naming
from potok.processes.models import Definition
from potok.processes.permissions import EDIT, START

COLUMNS = {
    "ID": lists.number("pk"),
    "NAME": lists.text("title"),
    "SYSTEM_CODE": lists.text("code"),
    "MODIFIED": lists.moment("changed_at"),
    "USER_ID": lists.number("version__published_by_id"),
    **{name: column for name, column in naming.document_columns().items() if name != "DOCUMENT_ID"},
    "DOCUMENT_TYPE": Column("record_type", lambda given: naming.type_of_entity(given)),
}
# The bits of AUTO_EXECUTE.
CREATED, CHANGED = 1, 2


class ListArguments(Arguments):
    """Which definitions."""

    SELECT: list[str] = Default(default_factory=list)
    FILTER: Any = Default(default_factory=dict)
    ORDER: Any = Default(default_factory=dict)
    start: int = 0


@method("bizproc.workflow.template.list", scope=naming.SCOPE)
def list_(call: Call, given: ListArguments) -> Page:
    """List the published definitions."""
    if not any(people.may(call.by, permission=one) for one in (START, EDIT)):
        raise FORBIDDEN(permission=permissions[START].title)
    rows = Definition.objects.exclude(version=None).select_related("version")
    found, total = lists.piece(rows, COLUMNS, filter=given.FILTER, order=given.ORDER, start=given.start)
    shown = [lists.selected(_row(one), given.SELECT) for one in found]
    return page(shown, start=given.start, shown=len(shown), total=total)


def _row(one: Definition) -> dict[str, Any]:
    assert one.version is not None
    header = published.version(one.version.pk).header
    return {
        "ID": str(one.pk),
        "MODULE_ID": naming.module(one.record_type),
        "ENTITY": naming.entity(one.record_type),
        "DOCUMENT_TYPE": naming.document_type(one.record_type),
        "AUTO_EXECUTE": str(_auto_execute({trigger.on for trigger in header.triggers})),
        "NAME": one.title,
        "TEMPLATE": [],
        "PARAMETERS": _declared(header.parameters),
        "VARIABLES": _declared(header.variables),
        "CONSTANTS": _declared(header.constants),
        "MODIFIED": naming.moment(one.changed_at),
        "IS_MODIFIED": "Y" if one.draft else "N",
        "USER_ID": str(one.version.published_by_id or 0),
        "SYSTEM_CODE": one.code,
    }


def _auto_execute(reasons: set[On]) -> int:
    return (CREATED if On.CREATED in reasons else 0) | (CHANGED if reasons & {On.CHANGED, On.BECAME} else 0)


def _declared(declarations: Iterable[Declaration]) -> dict[str, Any]:
    return {one.name: _property(one) for one in declarations}


def _property(one: Declaration) -> dict[str, Any]:
    return {
        "Name": one.title or one.name,
        "Description": one.help,
        "Type": naming.value_type(one.type),
        "Required": "1" if one.required else "0",
        "Multiple": "1" if one.type.multiple else "0",
        "Options": dict(one.choices),
        "Default": naming.shown(one.default),
    }
