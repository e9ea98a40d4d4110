"""`bizproc.startlist.*`: a definition started on many documents, so many a minute. Bitrix24 has no such methods; they
take and tell what `bizproc.workflow.start` does.
"""

from typing import Any

from django.db.models import Count
from pydantic import Field as Default

from potok.kit import lists
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, WireError, method, page
from potok.kit.errors import Refused
from potok.processes import published
from potok.processes.dialect import naming, workflows
from potok.processes.models import Definition, StartLine, StartList
from potok.processes.operations import start_lists

COLUMNS = {
    "ID": lists.number("pk"),
    "TEMPLATE_ID": lists.number("definition_id"),
    "STARTED": lists.moment("begun_at"),
    "ENDED": lists.moment("ended_at"),
}
LINES = {
    "ID": lists.number("pk"),
    "RESULT": lists.text("outcome"),
    "WORKFLOW_ID": lists.number("instance_id"),
    "DOCUMENT_ID": lists.Column("record_id", naming.number_of),
}
WAITING = "waiting"


class AddArguments(Arguments):
    """What to start, on which documents of one type, and how many a minute."""

    TEMPLATE_ID: int
    DOCUMENT_IDS: list[Any]
    PARAMETERS: dict[str, Any] = Default(default_factory=dict)
    PER_MINUTE: int = start_lists.A_MINUTE


class OneArguments(Arguments):
    """Which list."""

    ID: int


class ListArguments(Arguments):
    """Which lists."""

    FILTER: Any = Default(default_factory=dict)
    ORDER: Any = Default(default_factory=dict)
    start: int = 0


class ItemArguments(ListArguments):
    """Which documents of which list."""

    ID: int


@method("bizproc.startlist.add", scope=naming.SCOPE)
def add(call: Call, given: AddArguments) -> str:
    """Start a definition on many documents and tell the number of the list; documents that the caller does not see are
    left out."""
    definition = Definition.objects.filter(pk=given.TEMPLATE_ID).select_related("version").first()
    if definition is None or definition.version_id is None:
        raise WireError(*workflows.NO_TEMPLATE)
    documents = [naming.read_document(one) for one in given.DOCUMENT_IDS]
    if {one.type if one else "" for one in documents} != {definition.record_type}:
        raise WireError("", "Template type and DOCUMENT_ID mismatch!")
    header = published.version(definition.version_id).header
    inputs = naming.given_all({one.name: one.type for one in header.parameters}, given.PARAMETERS)
    try:
        chosen = start_lists.choose(
            call, record_type=definition.record_type, ids=[one.id for one in documents if one is not None]
        )
        begun = start_lists.begin(call, chosen=chosen, definition=definition, inputs=inputs, a_minute=given.PER_MINUTE)
    except Refused as refused:
        raise WireError(*workflows.REFUSED[refused.code]) if refused.code in workflows.REFUSED else refused from None
    return str(begun.pk)


@method("bizproc.startlist.get", scope=naming.SCOPE)
def get(call: Call, given: OneArguments) -> dict[str, Any]:
    """Tell how far one's own list is."""
    return _row(_own(call, given.ID))


@method("bizproc.startlist.list", scope=naming.SCOPE)
def list_(call: Call, given: ListArguments) -> Page:
    """List one's own lists, the latest first."""
    rows = StartList.objects.filter(by=call.by, is_shown=True).exclude(begun_at=None)
    order = given.ORDER or {"ID": "DESC"}
    found, total = lists.piece(rows, COLUMNS, filter=given.FILTER, order=order, start=given.start)
    return page([_row(one) for one in found], start=given.start, shown=len(found), total=total)


@method("bizproc.startlist.items", scope=naming.SCOPE)
def items(call: Call, given: ItemArguments) -> Page:
    """List the documents of one's own list, each with what came of it."""
    chosen = _own(call, given.ID)
    order = given.ORDER or {"ID": "ASC"}
    rows = StartLine.objects.filter(list=chosen)
    found, total = lists.piece(rows, LINES, filter=given.FILTER, order=order, start=given.start)
    shown = [_line(one, record_type=chosen.record_type) for one in found]
    return page(shown, start=given.start, shown=len(shown), total=total)


@method("bizproc.startlist.cancel", scope=naming.SCOPE)
def cancel(call: Call, given: OneArguments) -> bool:
    """Start no more of one's own list; what has started goes on."""
    start_lists.cancel(call, chosen=_own(call, given.ID))
    return True


def _own(call: Call, id: int) -> StartList:
    chosen = start_lists.start_list(call, id=id)
    if chosen.begun_at is None:
        raise WireError(*workflows.NO_TEMPLATE)
    return chosen


def _row(one: StartList) -> dict[str, Any]:
    counted = dict(StartLine.objects.filter(list=one).values_list("outcome").annotate(Count("pk")).order_by())
    return {
        "ID": str(one.pk),
        "TEMPLATE_ID": str(one.definition_id),
        "MODULE_ID": naming.module(one.record_type),
        "ENTITY": naming.entity(one.record_type),
        "PER_MINUTE": str(one.a_minute),
        "STARTED": naming.moment(one.begun_at),
        "CANCELLED": naming.moment(one.cancelled_at),
        "ENDED": naming.moment(one.ended_at),
        "TOTAL": sum(counted.values()),
        "RESULTS": {outcome or WAITING: count for outcome, count in sorted(counted.items())},
    }


def _line(one: StartLine, *, record_type: str) -> dict[str, Any]:
    return {
        "ID": str(one.pk),
        "DOCUMENT_ID": naming.document_id(record_type, one.record_id),
        "RESULT": one.outcome or WAITING,
        "CODE": one.code,
        "WORKFLOW_ID": None if one.instance_id is None else str(one.instance_id),
    }
