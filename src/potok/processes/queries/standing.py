"""Where instances stand: whom or what each waits for, since when, how long that usually takes, what comes next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from potok.engine.run import Stand, State
from potok.engine.values import RecordRef
from potok.kit.errors import MISSING
from potok.people import public as people
from potok.processes import published
from potok.processes.models import Assignee, Assignment, Incident, Instance, Standing, Timer
from potok.processes.permissions import SEE
from potok.processes.queries.incidents import Trouble, told
from potok.processes.queries.usual import usual as usual_of
from potok.processes.queries.way import ahead

PERSON, TIMER, EVENT, INCIDENT, RUNNING, QUEUED, SUSPENDED, COMPLETED, TERMINATED = (
    "person", "timer", "event", "incident", "running", "queued", "suspended", "completed", "terminated",
)  # fmt: skip


@dataclass(slots=True)
class Waits:
    """One thing an instance waits for. `people` and `assignment` are set when it waits for somebody."""

    kind: str
    title: str
    since: datetime | None = None
    due: datetime | None = None
    people: list[tuple[int, str]] = field(default_factory=list)
    assignment: int | None = None
    usual: timedelta | None = None
    task: int | None = None


@dataclass(slots=True)
class InstanceView:
    """An instance as a page says it. `state` is one of the nine words above; `mine` is the assignment of the reader."""

    id: int
    definition: str
    code: str
    version: int
    state: str
    status_text: str
    record: RecordRef | None
    started_at: datetime
    ended_at: datetime | None
    initiator: str
    cause: dict[str, object]
    waits: list[Waits] = field(default_factory=list)
    next: list[str] = field(default_factory=list)
    incidents: list[Trouble] = field(default_factory=list)
    mine: int | None = None


def instances(by: int | None, *, state: str = "", definition: str = "") -> "QuerySet[Instance]":
    """Instances that a person may see, the latest first: `state` is `active`, `ended`, `incident` or empty for all."""
    found = _visible(by)
    if definition:
        found = found.filter(definition__code=definition)
    if state == "active":
        found = found.filter(ended_at=None)
    elif state == "ended":
        found = found.exclude(ended_at=None)
    elif state == "incident":
        found = found.filter(pk__in=Incident.objects.filter(resolved_at=None).values("instance"))
    return found.order_by("-id")


def instances_of(record: RecordRef, *, by: int | None) -> list[InstanceView]:
    """The instances on a record, those that run first. Who may see the record may see how its processes stand."""
    found = Instance.objects.filter(record_type=record.type, record_id=record.id).order_by("-id")[:100]
    seen = views(found, by=by)
    return sorted(seen, key=lambda one: one.ended_at is not None)


def instance_view(id: int, *, by: int | None) -> InstanceView:
    """One instance that a person may see, or a refusal that does not tell whether it is there."""
    found = _visible(by).filter(pk=id)
    if not found:
        raise MISSING(id=id)
    return views(found, by=by)[0]


def views(found: Iterable[Instance], *, by: int | None) -> list[InstanceView]:
    """Say instances, all of them in a handful of questions."""
    rows = list(found.select_related("definition", "version", "initiator") if isinstance(found, QuerySet) else found)
    seen = {row.pk: _begun(row) for row in rows}
    live = [row for row in rows if row.ended_at is None and row.state]
    _add_incidents(seen)
    _add_waits(live, seen, by=by)
    return [seen[row.pk] for row in rows]


def _visible(by: int | None) -> "QuerySet[Instance]":
    reach = people.visible(by, permission=SEE)
    if by is None or reach.owners is None:
        return Instance.objects.all()
    asked = Assignee.objects.filter(person=by).values("assignment__instance")
    return Instance.objects.filter(reach.narrows("initiator") | Q(initiator=by) | Q(pk__in=asked))


def _begun(row: Instance) -> InstanceView:
    record = RecordRef(row.record_type, row.record_id) if row.record_id is not None else None
    return InstanceView(
        id=row.pk,
        definition=row.definition.title,
        code=row.definition.code,
        version=row.version.number,
        state=_state(row),
        status_text=row.status_text,
        record=record,
        started_at=row.started_at,
        ended_at=row.ended_at,
        initiator=str(row.initiator) if row.initiator else "",
        cause=row.cause,
    )


def _state(row: Instance) -> str:
    if row.suspended_at and row.ended_at is None:
        return SUSPENDED
    words = {
        Standing.RUNNING: RUNNING,
        Standing.WAITING: EVENT,
        Standing.STUCK: INCIDENT,
        Standing.COMPLETED: COMPLETED,
        Standing.TERMINATED: TERMINATED,
        Standing.QUEUED: QUEUED,
    }
    return words[Standing(row.status)]


def _add_incidents(seen: dict[int, InstanceView]) -> None:
    open_ones = Incident.objects.filter(instance__in=list(seen), resolved_at=None).select_related("instance__version")
    for incident in open_ones:
        view = seen[incident.instance_id or 0]
        view.incidents.append(told(incident))
        view.state = INCIDENT if view.ended_at is None else view.state


def _add_waits(live: Sequence[Instance], seen: dict[int, InstanceView], *, by: int | None) -> None:
    asked, definitions = _asked(live), {row.pk: row.definition_id for row in live}
    timers = {(one.instance_id, one.token): one.due for one in Timer.objects.filter(instance_id__in=list(seen))}
    usual = usual_of((definitions[instance], one.node) for (instance, _), one in asked.items())
    for row in live:
        view, version = seen[row.pk], published.version(row.version_id)
        state = State.decode(bytes(row.state))
        for token in state.tokens:
            title = version.title_of(token.node)
            if token.stand is Stand.FAILED:
                continue
            assignment = asked.get((row.pk, token.id))
            if assignment is not None:
                view.waits.append(_for_people(assignment, title, usual.get((row.definition_id, assignment.node))))
                if by in {person for person, _ in view.waits[-1].people}:
                    view.mine = assignment.pk
            else:
                due = timers.get((row.pk, token.id))
                view.waits.append(Waits(TIMER if due else EVENT, title, due=due))
        view.next = ahead(version.graph, [token.node for token in state.tokens])
        view.state = _sharper(view)


def _sharper(view: InstanceView) -> str:
    """A waiting instance is said by what it waits for, a person before a timer before an event."""
    if view.state != EVENT:
        return view.state
    kinds = {waits.kind for waits in view.waits}
    return next((kind for kind in (PERSON, TIMER, EVENT) if kind in kinds), EVENT)


def _asked(live: Sequence[Instance]) -> dict[tuple[int, int], Assignment]:
    found = Assignment.objects.filter(instance__in=[row.pk for row in live], status=Assignment.OPEN)
    return {(one.instance_id, one.token): one for one in found.prefetch_related("assignees__person")}


def _for_people(assignment: Assignment, title: str, usual: timedelta | None) -> Waits:
    waiting = [part for part in assignment.assignees.all() if part.status == Assignee.OPEN]
    waiting = [part for part in waiting if assignment.claimed_by_id in (None, part.person_id)]
    return Waits(
        PERSON,
        title,
        since=assignment.opened_at,
        due=assignment.due_at,
        people=[(part.person_id, str(part.person)) for part in waiting],
        assignment=assignment.pk,
        usual=usual,
    )
