"""Forms of tasks on the wire: capitals in, camel case out, every scalar a text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from potok.engine.values import RecordRef
from potok.kit import lists
from potok.kit.dialects import WireError
from potok.kit.lists import Column
from potok.people.public import Person
from potok.tasks.dialect import naming
from potok.tasks.models import Task, spelled


def _status(code: Any) -> str:
    """Codes that we do not have (overdue) are equal to no task's."""
    return naming.known_status(str(code))


def _record(code: Any) -> str:
    return spelled(naming.record_of(str(code)))


COLUMNS: Mapping[str, Column] = {
    "ID": lists.number("pk"),
    "TITLE": lists.text("title"),
    "DESCRIPTION": lists.text("description"),
    "STATUS": Column("status", _status),
    "REAL_STATUS": Column("status", _status),
    "PRIORITY": Column("priority", lambda code: naming.priority_of(str(code))),
    "RESPONSIBLE_ID": lists.number("responsible_id"),
    "CREATED_BY": lists.number("creator_id"),
    "CLOSED_BY": lists.number("closed_by_id"),
    "AUDITORS": Column("observers", int, many=True),
    "AUDITOR": Column("observers", int, many=True),
    "ACCOMPLICE": Column("accomplices", int, many=True),
    "ACCOMPLICES": Column("accomplices", int, many=True),
    "PARENT_ID": lists.number("parent_id"),
    "STAGE_ID": lists.number("stage_id"),
    "START_DATE_PLAN": lists.moment("begins_at"),
    "GROUP_ID": lists.number("group_id"),
    "UF_CRM_TASK": Column("records", _record, many=True),
    "DEADLINE": lists.moment("deadline"),
    "CREATED_DATE": lists.moment("created_at"),
    "CHANGED_DATE": lists.moment("changed_at"),
    "DATE_START": lists.moment("started_at"),
    "CLOSED_DATE": lists.moment("closed_at"),
}


# ----- out ------------------------------------------------------------------------------------------------------------


def shown(task: Task, *, people: Mapping[int, Person], select: Sequence[str] = ()) -> dict[str, Any]:
    """One task as it is answered; its id always stands in it."""
    whole = _plain(task) | _people(task, people)
    wanted = {naming.camel(str(name).upper()) for name in select}
    if not wanted or "*" in wanted:
        return whole
    beside = {"responsibleId": "responsible", "createdBy": "creator", "groupId": "group"}
    wanted |= {"id"} | {beside[name] for name in wanted if name in beside}
    return {name: value for name, value in whole.items() if name in wanted}


def everybody(tasks: Iterable[Task]) -> set[int]:
    """The people who stand in the forms of these tasks."""
    return {person for task in tasks for person in (task.responsible_id, task.creator_id)}


def _plain(task: Task) -> dict[str, Any]:
    status = naming.status_code(task.status)
    return {
        "id": str(task.pk),
        "title": task.title,
        "description": task.description,
        "descriptionInBbcode": "N",
        "status": status,
        "subStatus": status,
        "realStatus": status,
        "priority": naming.priority_code(task.priority),
        "responsibleId": str(task.responsible_id),
        "createdBy": str(task.creator_id),
        "closedBy": _number(task.closed_by_id),
        "auditors": [str(one) for one in task.observers],
        "accomplices": [str(one) for one in task.accomplices],
        "parentId": _number(task.parent_id),
        "stageId": _number(task.stage_id) or "0",
        "startDatePlan": lists.show_moment(task.begins_at),
        "timeEstimate": str((task.planned_minutes or 0) * 60),
        "taskControl": "Y" if task.needs_control else "N",
        "groupId": _number(task.group_id) or "0",
        "ufCrmTask": [naming.record_code(one) for one in task.refs()],
        "deadline": lists.show_moment(task.deadline),
        "createdDate": lists.show_moment(task.created_at),
        "changedDate": lists.show_moment(task.changed_at),
        "dateStart": lists.show_moment(task.started_at),
        "closedDate": lists.show_moment(task.closed_at),
    }


def _people(task: Task, people: Mapping[int, Person]) -> dict[str, Any]:
    group = {"id": str(task.group_id), "name": str(task.group)} if task.group else {}
    return {
        "responsible": _person(people[task.responsible_id]),
        "creator": _person(people[task.creator_id]),
        "group": group,
    }


def _person(person: Person) -> dict[str, str]:
    return {"id": str(person.pk), "name": str(person), "workPosition": person.position}


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


# ----- in -------------------------------------------------------------------------------------------------------------


def _many(raw: Any) -> list[Any]:
    given = raw.values() if isinstance(raw, Mapping) else raw if isinstance(raw, list | tuple) else [raw]
    return [one for one in given if one not in ("", None, False)]


def _id_or_nothing(raw: Any) -> int | None:
    return int(raw) if raw not in ("", None, "0", 0, False) else None


def _refs(raw: Any) -> list[RecordRef]:
    return [naming.record_of(str(one)) for one in _many(raw)]


WRITTEN: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "TITLE": ("title", str),
    "DESCRIPTION": ("description", lambda raw: str(raw or "")),
    "RESPONSIBLE_ID": ("responsible", _id_or_nothing),
    "AUDITORS": ("observers", lambda raw: [int(one) for one in _many(raw)]),
    "ACCOMPLICES": ("accomplices", lambda raw: [int(one) for one in _many(raw)]),
    "PARENT_ID": ("parent", _id_or_nothing),
    "START_DATE_PLAN": ("begins_at", lambda raw: lists.read_moment(raw) if raw else None),
    "TIME_ESTIMATE": ("planned_minutes", lambda raw: int(raw) // 60 or None if raw else None),
    "TASK_CONTROL": ("needs_control", lambda raw: raw in ("Y", "y", True, 1, "1")),
    "GROUP_ID": ("group", _id_or_nothing),
    "DEADLINE": ("deadline", lambda raw: lists.read_moment(raw) if raw else None),
    "PRIORITY": ("priority", lambda raw: naming.priority_of(str(raw))),
    "UF_CRM_TASK": ("records", _refs),
}


def read(given: Mapping[str, Any]) -> dict[str, Any]:
    """Fields by our names; what nobody knows and what nobody sets is let be."""
    told = {str(name).upper(): raw for name, raw in given.items()}
    return {WRITTEN[name][0]: _read(name, raw) for name, raw in told.items() if name in WRITTEN}


def _read(name: str, raw: Any) -> Any:
    try:
        return WRITTEN[name][1](raw)
    except (ValueError, TypeError):
        raise WireError(100, f"Invalid value {{{raw}}} to match with parameter {{{name}}}") from None


def file_ids(raw: Any) -> list[int]:
    """Read `["n12"]` or `n12`: files of the disk by their numbers."""
    try:
        return [int(str(one).removeprefix("n")) for one in _many(raw)]
    except ValueError:
        raise WireError(100, f"Invalid value {{{raw}}} of files: they are named n12") from None
