"""What pages need to know of instances, fetched for many at once: path, who is asked, incidents, since when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from potok.engine.graph import Graph, Work
from potok.engine.run import State, Token
from potok.people import public as people
from potok.people.public import Person
from potok.processes import published
from potok.processes.block import blocks
from potok.processes.models import Assignee, Assignment, Incident, Instance, Journal, Timer
from potok.processes.queries.entries import MIGRATED, Passed, moved, unmoved
from potok.processes.queries.stages import named
from potok.processes.queries.usual import usual
from potok.processes.web import stage_path
from potok.processes.web.path import Known, Line, Point, milestones, points

# What stages do by themselves: it is told as their protocol, not as steps.
QUIET = ("stages.enter", "stages.leave")


@dataclass
class Run:
    """An instance with everything that a page says of it."""

    instance: Instance
    lines: list[Line] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    parts: dict[int, list[Assignee]] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)
    due: dict[int, datetime] = field(default_factory=dict)
    usual: dict[str, timedelta] = field(default_factory=dict)

    @cached_property
    def version(self) -> published.Published:
        return published.version(self.instance.version_id)

    @property
    def graph(self) -> Graph:
        return self.version.graph

    @property
    def title(self) -> str:
        return self.version.header.title or self.instance.definition.title

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        state = bytes(self.instance.state)
        return State.decode(state).tokens if state and not self.instance.is_over else ()

    @cached_property
    def path(self) -> list[Point]:
        known = Known(
            tokens=self.tokens,
            lines=self.lines,
            asks_people=frozenset(self.graph.names.index(one.node) for one in self.assignments if self._has(one.node)),
            waiting_blocks=frozenset(name for name, block in blocks.all().items() if block.resume is not None),
            quiet=self.quiet,
            titles={node: self.version.title_of(node) for node in range(len(self.graph.names))},
            is_over=self.instance.is_over,
        )
        if self.stages and self.lines:
            return stage_path.points(self.graph, known, stages=self.stages)
        return points(self.graph, known)

    @cached_property
    def stages(self) -> list[tuple[str, str]]:
        """The stages of the definition, if it is drawn in stages: id and title."""
        return [(id, title) for id, title, _ in named(self.graph)]

    @property
    def following(self) -> list[str] | None:
        """The titles of the stages that may come next; None where a definition has steps and not stages."""
        here = next((one for one in self.path if one.state not in ("done", "todo", "skip")), None)
        if not self.stages or not self.lines or here is None:
            return [] if self.stages else None
        titles = dict(self.stages)
        return [titles[id] for id in stage_path.following(self.graph, here.name)]

    @cached_property
    def quiet(self) -> frozenset[str]:
        """The names of the nodes that stages bring with them."""
        own = {name for name, block in blocks.all().items() if block.serves in QUIET}
        nodes = zip(self.graph.names, self.graph.payloads, strict=True)
        return frozenset(name for name, payload in nodes if isinstance(payload, Work) and payload.block in own)

    @property
    def milestones(self) -> list[Point]:
        return milestones(self.path)

    @property
    def open_assignments(self) -> list[Assignment]:
        return [one for one in self.assignments if one.status == Assignment.OPEN]

    @property
    def open_incidents(self) -> list[Incident]:
        return [one for one in self.incidents if one.resolved_at is None]

    def asked(self, assignment: Assignment) -> list[Person]:
        """Whom an assignment still asks: who took it out of a queue, else everybody who has not answered."""
        parts = [part for part in self.parts.get(assignment.pk, []) if part.status == Assignee.OPEN]
        return [part.person for part in parts if assignment.claimed_by_id in (None, part.person_id)]

    def part_of(self, person: int | None) -> Assignment | None:
        """The open assignment that this person may answer."""
        for one in self.open_assignments:
            if any(asked.pk == person for asked in self.asked(one)):
                return one
        return None

    def _has(self, name: str) -> bool:
        return name in self.graph.names


def runs(instances: Iterable[Instance], *, journal: bool = True) -> list[Run]:
    """Fetch what belongs to instances, a fixed number of questions for any number of them."""
    found = {one.pk: Run(one) for one in instances}
    _assignments(found)
    for incident in Incident.objects.filter(instance__in=found).select_related("resolved_by").order_by("pk"):
        found[incident.instance_id or 0].incidents.append(incident)
    for row in Timer.objects.filter(instance_id__in=found).values_list("instance_id", "token", "due"):
        found[row[0]].due[row[1]] = row[2]
    _usual(found)
    if journal:
        for instance, lines in _lines(found).items():
            found[instance].lines = lines
    return list(found.values())


def one(instance: Instance) -> Run:
    """The same for a single instance."""
    return runs([instance])[0]


def _assignments(found: dict[int, Run]) -> None:
    asked = list(Assignment.objects.filter(instance__in=found).order_by("pk"))
    parts: dict[int, list[Assignee]] = defaultdict(list)
    wanted = Assignee.objects.filter(assignment__in=[one.pk for one in asked])
    for part in wanted.select_related("person", "delegated_by").order_by("pk"):
        parts[part.assignment_id].append(part)
    for assignment in asked:
        run = found[assignment.instance_id]
        run.assignments.append(assignment)
        run.parts[assignment.pk] = parts[assignment.pk]


def _usual(found: dict[int, Run]) -> None:
    open_ones = [(run, one.node) for run in found.values() for one in run.open_assignments]
    known = usual((run.instance.definition_id, node) for run, node in open_ones)
    for run, node in open_ones:
        if lasts := known.get((run.instance.definition_id, node)):
            run.usual[node] = lasts


def _lines(found: dict[int, Run]) -> dict[int, list[Line]]:
    rows: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    kept = Journal.objects.filter(instance_id__in=list(found)).order_by("instance_id", "number")
    for instance, at, entries in kept.values_list("instance_id", "at", "entries"):
        rows[instance].append((at, entries))
    return {
        id: [Line(at, *entry, gone=gone) for at, entry, gone in _read(found[id], each)] for id, each in rows.items()
    }


def _read(run: Run, rows: list[tuple[datetime, str]]) -> Iterator[Passed]:
    if any(MIGRATED in entries for _, entries in rows):
        return moved(rows, version=run.instance.version_id)
    return unmoved(rows)


def names(ids: Sequence[int]) -> dict[int, str]:
    """Names of people by id."""
    return people.names(ids)
