"""`bizproc.task.*`: assignments. A row abroad is one person's part in one assignment."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from pydantic import Field as Default

from potok.engine import values
from potok.engine.values import RecordRef, Type
from potok.kit import lists, wire
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, Page, WireError, method, page
from potok.kit.errors import Forbidden, Missing, Overtaken, Refusals, Refused
from potok.kit.lists import Column
from potok.people import public as people
from potok.processes import outside, rules
from potok.processes.block import blocks
from potok.processes.dialect import naming
from potok.processes.models import Assignee, Assignment
from potok.processes.operations import assignments
from potok.processes.permissions import SEE
from potok.records import public as records

# How a person answered; the words are accepted where the numbers are.
ANSWERS: Mapping[str, str] = {"": "0", "approved": "1", "rejected": "2", "done": "3", "declined": "4"}
WORDS: Mapping[str, str] = {
    "1": "approved", "yes": "approved", "approve": "approved", "2": "rejected", "no": "rejected",
    "nonapprove": "rejected", "3": "done", "ok": "done", "complete": "done", "review": "done",
    "4": "declined", "cancel": "declined",
}  # fmt: skip
# An answer that the author of a definition added is none of the four: nearest is what is not approved.
OTHER = "2"
RUNS, TIMED_OUT = "0", "4"
STANDS: Mapping[str, str] = {RUNS: Assignment.OPEN, TIMED_OUT: Assignment.TIMED_OUT}
LABELS: Mapping[str, str] = {
    "approved": "StatusYesLabel", "rejected": "StatusNoLabel", "done": "StatusOkLabel", "declined": "StatusCancelLabel",
}  # fmt: skip
COLUMNS = {
    "ID": lists.number("assignment_id"),
    "WORKFLOW_ID": lists.number("assignment__instance_id"),
    "NAME": lists.text("assignment__title"),
    "DESCRIPTION": lists.text("assignment__description"),
    "MODIFIED": lists.moment("assignment__opened_at"),
    "OVERDUE_DATE": lists.moment("assignment__due_at"),
    "STATUS": Column("assignment__status", lambda code: STANDS.get(str(code), Assignment.DONE)),
    "USER_ID": lists.number("person_id"),
    "USER_STATUS": Column("answer", lambda code: {theirs: ours for ours, theirs in ANSWERS.items()}[str(code)]),
    "WORKFLOW_STARTED": lists.moment("assignment__instance__started_at"),
    "WORKFLOW_STARTED_BY": lists.number("assignment__instance__initiator_id"),
    "WORKFLOW_TEMPLATE_ID": lists.number("assignment__instance__definition_id"),
    "WORKFLOW_TEMPLATE_NAME": lists.text("assignment__instance__definition__title"),
    **naming.document_columns("assignment__"),
}


class ListArguments(Arguments):
    """Which assignments."""

    SELECT: list[str] = Default(default_factory=list)
    FILTER: dict[str, Any] = Default(default_factory=dict)
    ORDER: Any = Default(default_factory=dict)
    START: int = 0


class CompleteArguments(Arguments):
    """An answer to an assignment."""

    TASK_ID: int
    STATUS: int | str
    COMMENT: str = ""
    FIELDS: dict[str, Any] = Default(default_factory=dict)


class DelegateArguments(Arguments):
    """Which assignments go over from whom to whom."""

    TASK_IDS: list[int] | int
    FROM_USER_ID: int
    TO_USER_ID: int


@method("bizproc.task.list", scope=naming.SCOPE)
def list_(call: Call, given: ListArguments) -> Page:
    """List assignments: one's own where nobody is named, else also those of the people whom one heads."""
    rows = _parts(call.by, given.FILTER).select_related("assignment__instance__definition")
    found, total = lists.piece(rows, COLUMNS, filter=given.FILTER, order=given.ORDER, start=given.START)
    titles = records.titles(ref for part in found if (ref := _ref(part.assignment)) is not None)
    shown = [lists.selected(_row(part, titles), given.SELECT) for part in found]
    return page(shown, start=given.START, shown=len(shown), total=total)


@method("bizproc.task.complete", scope=naming.SCOPE)
def complete(call: Call, given: CompleteArguments) -> bool:
    """Answer an assignment of one's own."""
    try:
        assignment = assignments.assignment(given.TASK_ID)
        answer = _answer(assignment, str(given.STATUS))
        fields = naming.given_all(_types(assignment), given.FIELDS)
        assignments.complete(call, assignment=assignment, answer=answer, values=fields, comment=given.COMMENT)
    except Refused as refused:
        raise _error(refused) from None
    return True


@method("bizproc.task.delegate", scope=naming.SCOPE)
def delegate(call: Call, given: DelegateArguments) -> bool:
    """Hand assignments over, all or none."""
    if not people.by_id([given.TO_USER_ID]):
        raise WireError("ERROR_INVALID_USER_ID", f"There is no user {given.TO_USER_ID}")
    for id in [given.TASK_IDS] if isinstance(given.TASK_IDS, int) else given.TASK_IDS:
        try:
            assignments.delegate(
                call, assignment=assignments.assignment(id), to=given.TO_USER_ID, person=given.FROM_USER_ID
            )
        except Missing as refused:
            raise WireError("ERROR_TASK_VALIDATION", refused.sentence()) from None
        except Refused as refused:
            raise WireError("ERROR_DELEGATION_NOT_ALLOWED", refused.sentence()) from None
    return True


def _answer(assignment: Assignment, status: str) -> str:
    """One of the four answers that are known abroad, or any that the form offers, by its own name."""
    offered = {each["name"] for each in assignment.form.get("answers", [])}
    answer = status if status in offered else WORDS.get(status.lower())
    if answer is None:
        raise WireError("ERROR_TASK_VALIDATION", f"Incorrect task STATUS: {status}")
    return answer


def _parts(by: int | None, given: Mapping[str, Any]) -> QuerySet[Assignee]:
    """The parts that a person may list: his own, and when he names people, also those of all whom he heads."""
    asked = Assignee.objects.exclude(status__in=(Assignee.LATER, Assignee.LEFT))
    if by is None or (people.visible(by, permission=SEE).owners is None and _names_people(given)):
        return asked
    if not _names_people(given):
        return asked.filter(person=by)
    return asked.filter(person__in=[by, *people.subordinates(head=by)])


def _names_people(given: Mapping[str, Any]) -> bool:
    return any(term.field == "USER_ID" for term in wire.read_filter(given))


def _error(refused: Refused) -> WireError:
    """What a refused answer is called abroad."""
    if isinstance(refused, Missing | Forbidden):
        return WireError("ERROR_TASK_NOT_FOUND", refused.sentence())
    if isinstance(refused, Overtaken):
        return WireError("ERROR_TASK_COMPLETED", refused.sentence())
    if refused.code == rules.WRONG_ANSWER.code:
        return WireError("ERROR_TASK_TYPE", refused.sentence())
    every = refused.refused if isinstance(refused, Refusals) else [refused]
    return WireError("ERROR_TASK_EXECUTION", "<br>".join(one.sentence() for one in every))


def _ref(one: Assignment) -> RecordRef | None:
    return None if one.record_id is None else RecordRef(one.record_type, one.record_id)


def _types(assignment: Assignment) -> dict[str, Type]:
    return {one.name: one.type for one in rules.questions(assignment.form)}


# ----- rows -----------------------------------------------------------------------------------------------------------


def _row(part: Assignee, titles: Mapping[Any, str]) -> dict[str, Any]:
    assignment, instance = part.assignment, part.assignment.instance
    ref = _ref(assignment)
    return {
        "ID": str(assignment.pk),
        "WORKFLOW_ID": str(instance.pk),
        "DOCUMENT_NAME": titles.get(ref, "") if ref else "",
        "DESCRIPTION": assignment.description,
        "NAME": assignment.title,
        "MODIFIED": naming.moment(assignment.closed_at or assignment.opened_at),
        "WORKFLOW_STARTED": naming.moment(instance.started_at),
        "WORKFLOW_STARTED_BY": str(instance.initiator_id or 0),
        "OVERDUE_DATE": naming.moment(assignment.due_at),
        "WORKFLOW_TEMPLATE_ID": str(instance.definition_id),
        "WORKFLOW_TEMPLATE_NAME": instance.definition.title,
        "WORKFLOW_STATE": instance.status_text,
        "STATUS": _stands(part),
        "USER_ID": str(part.person_id),
        "USER_STATUS": ANSWERS.get(part.answer, OTHER),
        "MODULE_ID": naming.module(assignment.record_type),
        "ENTITY": naming.entity(assignment.record_type),
        "DOCUMENT_ID": naming.document_id(assignment.record_type, assignment.record_id),
        "ACTIVITY": _activity(assignment),
        "ACTIVITY_NAME": assignment.node,
        "PARAMETERS": _parameters(assignment.form),
        "DOCUMENT_URL": outside.url_of(ref) if ref else "",
    }


def _stands(part: Assignee) -> str:
    known = {ours: theirs for theirs, ours in STANDS.items()}
    return known.get(part.assignment.status) or ANSWERS.get(part.answer or "done", OTHER)


def _activity(assignment: Assignment) -> str:
    """What the block is called abroad; one that may be declined has a name of its own there."""
    block = blocks.get(assignment.kind)
    name = block.known_as.get("bitrix24", "") if block else ""
    declines = any(one["name"] == "declined" for one in assignment.form.get("answers", []))
    return name.replace("InformationActivity", "InformationOptionalActivity") if declines else name


def _parameters(form: Mapping[str, Any]) -> dict[str, Any]:
    comment = form.get("comment", {})
    labels = {LABELS[one["name"]]: one["title"] for one in form.get("answers", []) if one["name"] in LABELS}
    return {
        "ShowComment": "Y" if comment.get("shown") else "N",
        "CommentRequired": _required(comment.get("required", [])),
        **labels,
        "Fields": [_field(one) for one in form.get("fields", [])],
    }


def _required(answers: list[str]) -> str:
    """`Y` for all answers, `YA` and `YR` for one of the two."""
    approved, rejected = "approved" in answers, "rejected" in answers
    return "Y" if approved and rejected else "YA" if approved else "YR" if rejected else "N"


def _field(one: Mapping[str, Any]) -> dict[str, Any]:
    type = Type(**one["type"])
    return {
        "Id": one["name"],
        "Type": naming.value_type(type),
        "Name": one["title"],
        "Description": one.get("help", ""),
        "Multiple": type.multiple,
        "Required": one.get("required", False),
        "Options": dict(one.get("choices", ())) or _offered(one.get("among")),
        "Settings": None,
        "Default": naming.shown(values.decode(one["default"])) if one.get("default") is not None else None,
    }


def _offered(among: Any) -> dict[str, str] | None:
    if among is None:
        return None
    offered = values.decode(among)
    items = offered if isinstance(offered, tuple) else (offered,)
    return {str(naming.shown(item)): str(naming.shown(item)) for item in items}
