"""What is looked for in the journal of all instances: which instances fit, and what may be chosen from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from potok.engine.graph import Kind, Work
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.people.public import Person
from potok.processes import published
from potok.processes.block import blocks
from potok.processes.models import (
    Assignee,
    Assignment,
    Definition,
    Incident,
    Instance,
    StageVisit,
    Standing,
    Timer,
    Version,
    Visit,
)
from potok.processes.queries.stages import named
from potok.records import public as records

HOLDING = frozenset({Kind.PAUSE, Kind.WAIT, Kind.CALL})
PEOPLE_MAX = 300

_asked = Exists(Assignment.objects.filter(instance=OuterRef("pk"), status=Assignment.OPEN))
_failed = Exists(Incident.objects.filter(instance=OuterRef("pk"), resolved_at=None))
_sleeps = Exists(Timer.objects.filter(instance_id=OuterRef("pk")))
_live = Q(ended_at=None)
STATES: Mapping[str, Q] = {
    "person": _live & Q(_asked) & ~Q(_failed),
    "timer": _live & Q(_sleeps) & ~Q(_asked) & ~Q(_failed),
    "incident": _live & Q(_failed),
    "suspended": _live & Q(suspended_at__isnull=False),
    "queued": Q(status=Standing.QUEUED),
    "completed": Q(status=Standing.COMPLETED),
    "terminated": Q(status=Standing.TERMINATED),
}
VIEWS: Mapping[str, Q] = {"active": _live, "mine": _live, "finished": ~_live, "all": Q()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for; what is empty narrows nothing. `stage` is the id of a stage or a step of the definition."""

    view: str = "active"
    state: str = ""
    definition: Definition | None = None
    stage: str = ""
    person: int | None = None
    record_type: str = ""
    record: RecordRef | None = None
    days: int = 0
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked besides the view."""
        named = (self.state, self.definition, self.person, self.record_type, self.record, self.days, self.text)
        return any(named)


def fitting(found: QuerySet[Instance], sought: Sought, *, by: int | None) -> QuerySet[Instance]:
    """Narrow instances to those that are looked for; a title of a record counts where `by` may see the record."""
    found = found.filter(VIEWS[sought.view])
    if sought.view == "mine":
        found = waiting_for(found, by)
    if sought.state:
        found = found.filter(STATES[sought.state])
    if sought.definition:
        found = found.filter(definition=sought.definition)
        found = _standing_at(found, sought.definition, sought.stage) if sought.stage else found
    if sought.person:
        found = waiting_for(found, sought.person)
    if sought.record_type:
        found = found.filter(record_type=sought.record_type)
    if sought.record:
        found = found.filter(record_type=sought.record.type, record_id=sought.record.id)
    if sought.days:
        found = found.filter(started_at__lte=clock.now() - timedelta(days=sought.days))
    for word in sought.text.split():
        found = found.filter(_named(word, by=by))
    return found


def waiting_for(found: QuerySet[Instance], person: int | None) -> QuerySet[Instance]:
    """Those that wait for an answer of somebody, and those whose stage he leads."""
    open_parts = Assignee.objects.filter(person=person, status=Assignee.OPEN, assignment__status=Assignment.OPEN)
    asked = open_parts.filter(Q(assignment__claimed_by=None) | Q(assignment__claimed_by=person))
    return found.filter(_live, pk__in=asked.values("assignment__instance"))


def places(definition: Definition) -> list[tuple[str, str]]:
    """Where instances of a definition may stand for a while: its stages, else the steps that can hold them."""
    if definition.version_id is None:
        return []
    version = published.version(definition.version_id)
    graph = version.graph
    stages = [(id, title) for id, title, ends in named(graph) if not ends]
    if stages:
        return stages
    holding = {name for name, block in blocks.all().items() if block.resume is not None}
    nodes = (
        node
        for node, (kind, payload) in enumerate(zip(graph.kinds, graph.payloads, strict=True))
        if kind in HOLDING or (isinstance(payload, Work) and payload.block in holding)
    )
    return [(graph.names[node], version.title_of(node)) for node in nodes]


def awaited(found: QuerySet[Instance]) -> list[Person]:
    """Everybody whom these instances wait for, by name."""
    parts = Assignee.objects.filter(status=Assignee.OPEN, assignment__status=Assignment.OPEN)
    asked = parts.filter(assignment__instance__in=found.order_by().values("pk"))
    return list(Person.objects.filter(pk__in=asked.values("person")).order_by("sort_key", "pk")[:PEOPLE_MAX])


def _standing_at(found: QuerySet[Instance], definition: Definition, name: str) -> QuerySet[Instance]:
    on_stage = StageVisit.objects.filter(stage=name, left_at=None, instance__in=found.order_by().values("pk"))
    held = Q()
    for version in Version.objects.filter(definition=definition).values_list("pk", flat=True):
        graph = published.version(version).graph
        if name in graph.names:
            held |= Q(version_id=version, node=graph.node(name))
    at_step = Visit.objects.filter(held, ended_at=None) if held else Visit.objects.none()
    return found.filter(Q(pk__in=on_stage.values("instance")) | Q(pk__in=at_step.values("instance_id")))


def _named(word: str, *, by: int | None) -> Q:
    """By a word of the definition's title or of where it stands, by a number, by the title of the record."""
    named = Q(definition__title__icontains=word) | Q(status_text__icontains=word)
    number = word.removeprefix("№")
    if number.isdecimal():
        named |= Q(pk=int(number[:18]))
    for name in Definition.objects.order_by().values_list("record_type", flat=True).distinct():
        if name in records.record_types:
            named |= _titled(records.type_named(name), word, by=by)
    return named


def _titled(of: Any, word: str, *, by: int | None) -> Q:
    rows = records.search(records.rows(of, by=by), of, word)
    return Q(record_type=of.name, record_id__in=rows.order_by().values("pk"))
