"""`bizproc.workflow.start`, `.terminate`, `.instances`: instances of definitions."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field as Default

from potok.engine.values import RecordRef
from potok.kit import lists
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, WireError, method, page
from potok.kit.errors import Missing, Refused
from potok.processes import published, queries, rules
from potok.processes.dialect import naming
from potok.processes.models import Definition, Instance
from potok.processes.operations import instances
from potok.records import public as records

COLUMNS = {
    "ID": lists.number("pk"),
    "MODIFIED": lists.moment("started_at"),
    "STARTED": lists.moment("started_at"),
    "STARTED_BY": lists.number("initiator_id"),
    "TEMPLATE_ID": lists.number("definition_id"),
    **naming.document_columns(),
}
# What a refused start is called abroad: code and text.
NO_TEMPLATE = ("ERROR_WRONG_WORKFLOW_ID", "Wrong WORKFLOW_ID!")
REFUSED: Mapping[str, tuple[str, str]] = {
    rules.NO_DEFINITION.code: NO_TEMPLATE,
    rules.WRONG_RECORD.code: ("", "Template type and DOCUMENT_ID mismatch!"),
}


class StartArguments(Arguments):
    """What to start, and on which document."""

    TEMPLATE_ID: int
    DOCUMENT_ID: Any = None
    PARAMETERS: dict[str, Any] = Default(default_factory=dict)


class TerminateArguments(Arguments):
    """What to end, and what its status says from then on."""

    ID: int
    STATUS: str = ""


class ListArguments(Arguments):
    """Which instances."""

    SELECT: list[str] = Default(default_factory=list)
    FILTER: Any = Default(default_factory=dict)
    ORDER: Any = Default(default_factory=dict)
    start: int = 0


@method("bizproc.workflow.start", scope=naming.SCOPE)
def start(call: Call, given: StartArguments) -> str:
    """Start a definition on a document and tell the instance's number."""
    record = naming.read_document(given.DOCUMENT_ID)
    definition = Definition.objects.filter(pk=given.TEMPLATE_ID).select_related("version").first()
    if definition is None or definition.version_id is None:
        raise WireError(*NO_TEMPLATE)
    if record is not None:
        _check_seen(call, record)
    header = published.version(definition.version_id).header
    inputs = naming.given_all({one.name: one.type for one in header.parameters}, given.PARAMETERS)
    try:
        return str(instances.start(call, definition=definition, record=record, inputs=inputs).pk)
    except Refused as refused:
        raise WireError(*REFUSED[refused.code]) if refused.code in REFUSED else refused from None


@method("bizproc.workflow.terminate", scope=naming.SCOPE)
def terminate(call: Call, given: TerminateArguments) -> bool:
    """End an instance."""
    found = Instance.objects.filter(pk=given.ID).first()
    if found is None or found.is_over:
        raise WireError(*NO_TEMPLATE)
    instances.terminate(call, instance=found, reason=given.STATUS)
    return True


@method("bizproc.workflow.instances", scope=naming.SCOPE)
def list_(call: Call, given: ListArguments) -> Page:
    """List the instances that run, of those that the caller may see."""
    rows = queries.instances(call.by, state="active")
    found, total = lists.piece(rows, COLUMNS, filter=given.FILTER, order=given.ORDER, start=given.start)
    shown = [lists.selected(_row(one), given.SELECT) for one in found]
    return page(shown, start=given.start, shown=len(shown), total=total)


def _check_seen(call: Call, record: RecordRef) -> None:
    if record.type not in records.record_types:
        raise WireError("", "Incorrect document type!")
    try:
        records.find(records.type_named(record.type), record.id, by=call.by)
    except Missing:
        raise WireError("", "Wrong DOCUMENT_ID!") from None


def _row(one: Instance) -> dict[str, Any]:
    return {
        "ID": str(one.pk),
        "MODIFIED": naming.moment(one.started_at),
        "OWNED_UNTIL": None,
        "MODULE_ID": naming.module(one.record_type),
        "ENTITY": naming.entity(one.record_type),
        "DOCUMENT_ID": naming.document_id(one.record_type, one.record_id),
        "STARTED": naming.moment(one.started_at),
        "STARTED_BY": str(one.initiator_id or 0),
        "TEMPLATE_ID": str(one.definition_id),
    }
