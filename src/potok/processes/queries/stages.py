"""Stages of instances, and what belongs to runs besides: for pages, and for whoever asks who takes part in a run."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from potok.engine.graph import Graph, Scoped, Work
from potok.engine.values import RecordRef
from potok.people import public as people
from potok.people.public import Person
from potok.processes import published
from potok.processes.block import blocks
from potok.processes.models import Admission, Assignee, Assignment, Instance, RunLink, RunNote, StageVisit
from potok.processes.permissions import SEE

WORK = "stages.work"
NOT_STARTED, IN_PROGRESS, DONE = "not_started", "in_progress", "done"


@dataclass(slots=True)
class StageLine:
    """One stage of a definition as it stands in a run: the latest visit of it, and how often it was visited."""

    stage: str
    title: str
    state: str = ""  # empty: it was never entered
    is_current: bool = False
    ends: bool = False
    responsible: Person | None = None
    outcome: str = ""
    visits: int = 0


@dataclass(slots=True)
class Run:
    """What belongs to a run besides its steps. `work` is the open assignment of its stage."""

    stages: list[StageLine] = field(default_factory=list)
    protocol: list[StageVisit] = field(default_factory=list)
    current: StageVisit | None = None
    work: Assignment | None = None
    note: RunNote | None = None
    links: list[RecordRef] = field(default_factory=list)
    admitted: list[Person] = field(default_factory=list)


def run_of(instance: Instance) -> Run:
    """Gather all of it in a handful of questions. An instance without stages has none, and the rest."""
    protocol = list(StageVisit.objects.filter(instance=instance.pk).select_related("responsible", "by"))
    current = protocol[-1] if protocol and (protocol[-1].left_at is None) else None
    work = work_of(instance, current) if current and not instance.is_over else None
    admissions = Admission.objects.filter(instance=instance.pk).select_related("person")
    links = RunLink.objects.filter(instance=instance.pk)
    return Run(
        stages=_stages(published.version(instance.version_id).graph, protocol, current, work),
        protocol=protocol,
        current=current,
        work=work,
        note=RunNote.objects.filter(instance=instance.pk).select_related("changed_by").first(),
        links=[RecordRef(one.record_type, one.record_id) for one in links],
        admitted=[one.person for one in admissions],
    )


def has_stages(instance: Instance) -> bool:
    """Tell whether the version that an instance follows is drawn in stages."""
    return bool(named(published.version(instance.version_id).graph))


def current(instance: Instance) -> StageVisit | None:
    """The stage on which an instance stands."""
    return StageVisit.objects.filter(instance=instance.pk, left_at=None).select_related("responsible").first()


def work_of(instance: Instance, visit: StageVisit) -> Assignment | None:
    """The open assignment by which the work on a stage is finished."""
    node = f"{visit.stage}.work"
    found = Assignment.objects.filter(instance=instance.pk, node=node, status=Assignment.OPEN)
    return found.prefetch_related("assignees__person").first()


def named(graph: Graph) -> list[tuple[str, str, bool]]:
    """The stages of a graph in the order in which they were written: id, title, and whether it is an end."""
    open_ = {
        name.removesuffix(".open")
        for name, payload in zip(graph.names, graph.payloads, strict=True)
        if isinstance(payload, Scoped) and payload.stays and name.endswith(".open")
    }
    enters = [
        (name, graph.titles[node] or name)
        for node, (name, payload) in enumerate(zip(graph.names, graph.payloads, strict=True))
        if isinstance(payload, Work) and payload.block in _entering()
    ]
    return [(name, title, name not in open_) for name, title in enters]


def _entering() -> set[str]:
    return {name for name, each in blocks.all().items() if each.serves == "stages.enter"}


def _stages(
    graph: Graph, protocol: list[StageVisit], current: StageVisit | None, work: Assignment | None
) -> list[StageLine]:
    lines = {id: StageLine(id, title, ends=ends) for id, title, ends in named(graph)}
    for visit in protocol:
        line = lines.setdefault(visit.stage, StageLine(visit.stage, visit.title))
        line.visits += 1
        line.state, line.responsible, line.outcome = visit.state, visit.responsible, visit.outcome
    if current and current.stage in lines:
        lines[current.stage].is_current = True
        lines[current.stage].responsible = holder(work) or current.responsible
    return list(lines.values())


def holder(work: Assignment | None) -> Person | None:
    """Who has the work on a stage now: it may have been handed over since the stage was entered."""
    open_ = [part.person for part in work.assignees.all() if part.status == Assignee.OPEN] if work else []
    return open_[0] if open_ else None


def taking_part(person: int | None, *, among: Iterable[int]) -> Set[int]:
    """Of these instances those in which a person takes part: started it, was asked something, was let in."""
    ids = set(among)
    if person is None:
        return ids
    return set(_parts_of(person).filter(pk__in=ids).values_list("pk", flat=True))


def seeing(person: int | None, *, among: Iterable[int]) -> Set[int]:
    """Of these instances those that a person may see: he takes part, or a role lets him see how processes run."""
    ids = set(among)
    reach = people.visible(person, permission=SEE)
    seen = Instance.objects.filter(reach.narrows("initiator"), pk__in=ids).values_list("pk", flat=True)
    return taking_part(person, among=ids) | set(seen)


def leading(person: int | None, instance: Instance) -> bool:
    """Tell whether a person leads a run: started it, or is responsible for the stage on which it stands."""
    if person is None or person == instance.initiator_id:
        return True
    visit = current(instance)
    if visit is None:
        return False
    has = holder(work_of(instance, visit))
    return person == (has.pk if has else visit.responsible_id)


def _parts_of(person: int) -> QuerySet[Instance]:
    asked = Exists(Assignee.objects.filter(assignment__instance=OuterRef("pk"), person=person))
    admitted = Exists(Admission.objects.filter(instance=OuterRef("pk"), person=person))
    responsible = Exists(StageVisit.objects.filter(instance=OuterRef("pk"), responsible=person))
    return Instance.objects.filter(Q(initiator=person) | asked | admitted | responsible)
