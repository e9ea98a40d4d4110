"""Who is asked for how much by a definition, and which of its instances stand longer than they usually do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q

from potok.engine.time import NoWorkingTime
from potok.kit import clock
from potok.people import public as people
from potok.people.public import Person
from potok.processes import published
from potok.processes.figures import Figure
from potok.processes.models import Assignee, Assignment, Definition, Instance, Visit

PEOPLE_MAX = 50
STUCK_MAX = 20
LOOKED_MAX = 500  # the oldest: what has stood for long is among them


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for one person."""

    person: Person
    count: int
    late: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Stuck:
    """One instance that stands at a step longer than nine of ten did."""

    instance: Instance
    step: str
    since: datetime
    worked: timedelta
    ninth: timedelta


def load(definition: Definition) -> list[Load]:
    """Who is asked now, those first who are asked for most."""
    open_parts = Assignee.objects.filter(
        status=Assignee.OPEN, assignment__status=Assignment.OPEN, assignment__instance__definition=definition
    ).filter(Q(assignment__claimed_by=None) | Q(assignment__claimed_by=F("person")))
    late = Count("pk", filter=Q(assignment__due_at__lt=clock.now()))
    counted = open_parts.order_by().values("person").annotate(n=Count("pk"), late=late, at=Min("assignment__opened_at"))
    rows = list(counted.order_by("-n", "person")[:PEOPLE_MAX])
    known = people.by_id(row["person"] for row in rows)
    return [Load(known[row["person"]], row["n"], row["late"], row["at"]) for row in rows if row["person"] in known]


def stuck(definition: Definition, figures: Mapping[str, Figure]) -> list[Stuck]:
    """Those that stand longer at their step than nine of ten did, the longest first, in working time."""
    versions = Instance.objects.filter(definition=definition, ended_at=None).order_by().values("version")
    held = Visit.objects.filter(ended_at=None, version_id__in=versions.distinct()).order_by("begun_at")[:LOOKED_MAX]
    hours, now = people.working_time(), clock.now()
    found = []
    for visit in held:
        version = published.version(visit.version_id)
        usual = figures.get(version.graph.names[visit.node])
        if usual is None or usual.ninth is None:
            continue
        try:
            worked = timedelta(seconds=hours.between(visit.begun_at, now))
        except NoWorkingTime:
            continue
        if worked > usual.ninth:
            found.append((visit, usual, worked))
    seen = Instance.objects.in_bulk([visit.instance_id for visit, _usual, _worked in found[:STUCK_MAX]])
    return [
        Stuck(seen[visit.instance_id], usual.title, visit.begun_at, worked, usual.ninth or timedelta())
        for visit, usual, worked in found[:STUCK_MAX]
        if visit.instance_id in seen
    ]
