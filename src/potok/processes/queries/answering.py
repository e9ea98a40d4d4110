"""An assignment with everything a person needs to answer it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from potok.engine.values import RecordRef
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.processes.models import Assignee, Assignment, Draft


@dataclass(slots=True)
class Asked:
    """An assignment as its page shows it. `can_answer` is the reader's; `typed` is his draft, `form` what to draw."""

    id: int
    kind: str
    title: str
    description: str
    form: dict[str, Any]
    typed: dict[str, Any]
    status: str
    due: datetime | None
    opened_at: datetime
    record: RecordRef | None
    instance: int
    process: str
    initiator: str
    started_at: datetime
    can_answer: bool
    people: list[tuple[str, str, str]]
    delegated_by: str = ""


def assignment_view(id: int, *, by: int | None) -> Asked:
    """One assignment for a person whom it asks, or who is the head of one; else it is not there for him."""
    found = Assignment.objects.filter(pk=id).select_related("instance__definition", "instance__initiator").first()
    if found is None:
        raise MISSING(id=id)
    parts = list(found.assignees.select_related("person", "delegated_by"))
    mine = next((part for part in parts if part.person_id == by), None)
    if by is not None and mine is None and not _oversees(by, parts):
        raise MISSING(id=id)
    return _view(found, parts, mine)


def open_for(person: int) -> list[Assignment]:
    """The assignments that wait for a person, the nearest deadline first."""
    waiting = Assignee.objects.filter(person=person, status=Assignee.OPEN).values("assignment")
    found = Assignment.objects.filter(pk__in=waiting, status=Assignment.OPEN).select_related("instance__definition")
    found = found.filter(Q(claimed_by=None) | Q(claimed_by=person))
    return sorted(found, key=lambda one: (one.due_at is None, one.due_at or one.opened_at, one.pk))


def _waits_for(found: Assignment, part: Assignee | None) -> bool:
    is_open = found.status == Assignment.OPEN and part is not None and part.status == Assignee.OPEN
    return is_open and part is not None and found.claimed_by_id in (None, part.person_id)


def _oversees(by: int, parts: list[Assignee]) -> bool:
    person = people.by_id([by]).get(by)
    if person is not None and person.is_administrator:
        return True
    below = set(people.subordinates(head=by))
    return any(part.person_id in below for part in parts)


def _view(found: Assignment, parts: list[Assignee], mine: Assignee | None) -> Asked:
    draft = Draft.objects.filter(assignment=found, person=mine.person_id).first() if mine else None
    instance = found.instance
    return Asked(
        id=found.pk,
        kind=found.kind,
        title=found.title,
        description=found.description,
        form=found.form,
        typed=draft.typed if draft else {},
        status=found.status,
        due=found.due_at,
        opened_at=found.opened_at,
        record=RecordRef(found.record_type, found.record_id) if found.record_id is not None else None,
        instance=found.instance_id,
        process=instance.definition.title,
        initiator=str(instance.initiator) if instance.initiator else "",
        started_at=instance.started_at,
        can_answer=_waits_for(found, mine),
        people=[(str(part.person), part.answer, part.comment) for part in parts if part.status != Assignee.LEFT],
        delegated_by=str(mine.delegated_by) if mine and mine.delegated_by else "",
    )
