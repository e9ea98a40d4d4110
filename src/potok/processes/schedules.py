"""Definitions that begin by the clock: armed when they are published, started once when their moment comes.

Moments that passed while nobody was there to notice are made up for by one start, and *Why?* tells how many they were.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from potok.engine.graph import On, Trigger
from potok.engine.time.schedule import Schedule, count, following
from potok.kit import clock, sets
from potok.kit.calls import CLOCK, Call, Cause
from potok.people import public as people
from potok.processes import published, starting, startlists, stays, triggers, watching
from potok.processes.models import Planned
from potok.processes.published import Published

DUE = """SELECT id, definition_id, trigger, due FROM processes_planned
    WHERE due <= (SELECT potok_now()) ORDER BY due, id LIMIT %b FOR UPDATE SKIP LOCKED"""
MOVE = """UPDATE processes_planned p SET due = d.due FROM unnest(%b::bigint[], %b::timestamptz[]) d(id, due)
    WHERE p.id = d.id"""
NEXT = "SELECT min(due) FROM processes_planned"
BATCH = 50
TIMED = frozenset({On.SCHEDULE, On.STAYED})


def arm(definition: int, *, at: datetime) -> None:
    """Let a definition follow the triggers of time that its version has now, if it is switched on.

    What it had before goes on undisturbed. A value that has to stay counts from now on, in all records that have it.
    """
    version = triggers.current([definition]).get(definition)
    wanted = {watching.key(one): one for one in version.header.triggers if one.on in TIMED} if version else {}
    armed = set(Planned.objects.filter(definition=definition).values_list("trigger", flat=True))
    for key in armed - wanted.keys():
        Planned.objects.filter(definition=definition, trigger=key).delete()
        stays.disarm(definition, key=key)
    if version is not None:
        for key in sorted(wanted.keys() - armed):
            _arm(version, wanted[key], key=key, at=at)
        for key in sorted(wanted.keys() & armed):
            _set_anew(version, wanted[key], key=key, at=at)


def serve(limit: int = BATCH) -> int:
    """Start what is due; answers how many schedules were."""
    rows = sets.execute(DUE, (), limit).fetchall()
    if not rows:
        return 0
    at = clock.now()
    current = triggers.current({definition for _, definition, *_ in rows})
    ready = [_Due(id, current.get(definition), key, due) for id, definition, key, due in rows]
    sets.execute(MOVE, [(one.id, one.next(at)) for one in ready])
    starting.start([one.wanted(at) for one in ready if one.version and not one.version.header.record])
    for one in ready:
        if one.version and one.trigger and one.version.header.record:
            startlists.begin_on_all(one.wanted(at), when=one.trigger.when)
    return len(rows)


def next_due() -> datetime | None:
    """The moment at which the next schedule starts something."""
    moment: datetime | None = sets.execute(NEXT).fetchall()[0][0]
    return moment


def first(version: Published, schedule: Schedule, after: datetime) -> datetime | None:
    """The next moment of a schedule in the zone of its definition."""
    zone = published.clock(version.zone)
    return following(schedule, after, zone=zone, works=_works() if schedule.working else None)


@dataclass(frozen=True, slots=True)
class _Due:
    """A schedule whose moment has come."""

    id: int
    version: Published | None
    key: str
    due: datetime

    @property
    def trigger(self) -> Trigger | None:
        header = self.version.header if self.version else None
        return next((one for one in header.triggers if watching.key(one) == self.key), None) if header else None

    def next(self, at: datetime) -> datetime | None:
        if self.version is None or self.trigger is None or self.trigger.schedule is None:
            return None
        return first(self.version, self.trigger.schedule, at)

    def wanted(self, at: datetime) -> starting.Wanted:
        assert self.version is not None
        told = {"on": str(On.SCHEDULE), "due": self.due.isoformat(), "missed": self._missed(at)}
        call = Call(by=None, at=at, cause=Cause(CLOCK), key=f"schedule:{self.id}:{self.due.isoformat()}")
        return starting.Wanted(call, self.version, None, told)

    def _missed(self, at: datetime) -> int:
        if self.version is None or self.trigger is None or self.trigger.schedule is None:
            return 0
        schedule, zone = self.trigger.schedule, published.clock(self.version.zone)
        return count(schedule, self.due, until=at, zone=zone, works=_works() if schedule.working else None)


def _arm(version: Published, trigger: Trigger, *, key: str, at: datetime) -> None:
    due = first(version, trigger.schedule, at) if trigger.schedule else None
    Planned.objects.create(definition_id=version.definition, trigger=key, due=due)
    if trigger.on is On.STAYED:
        stays.arm(version, trigger, at=at)


def _set_anew(version: Published, trigger: Trigger, *, key: str, at: datetime) -> None:
    """The zone of the definition may be another one now. What is due already stays due."""
    if trigger.schedule is not None:
        due = first(version, trigger.schedule, at)
        Planned.objects.filter(definition=version.definition, trigger=key, due__gt=at).update(due=due)


def _works() -> Callable[[date], bool]:
    return people.working_time().is_working_day


def upcoming(definition: int) -> Sequence[datetime]:
    """The next moments of a definition's schedules, the nearest first."""
    found = Planned.objects.filter(definition=definition).exclude(due=None).order_by("due")
    return [due for due in found.values_list("due", flat=True) if due]
