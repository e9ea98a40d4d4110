"""Why a process started on a record, or did not, and what would start if a field got another value.

Nothing is written down for a change on which nothing starts: it is worked out from the record's history when somebody
asks, with the definitions that were in force then.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from potok.engine import values
from potok.engine.graph import On, Trigger
from potok.engine.values import RecordRef, Value
from potok.kit import clock
from potok.kit.errors import refusals
from potok.people import public as people
from potok.processes import complaints, judging, outside, published, rules, watching
from potok.processes.judging import Failed, Moment, Part
from potok.processes.models import Definition, Instance, StartLog, Stay, Version
from potok.processes.published import Published
from potok.processes.watching import Change, Miss

# What kept a trigger from starting, besides `Miss`: the nearer to a start, the earlier in the list.
CONDITION, FAILED, OWN, GUARD, OFF = "condition", "failed", "own", "guard", "off"
NEAREST = (CONDITION, FAILED, GUARD, OWN, OFF, Miss.OTHER_AFTER, Miss.OTHER_BEFORE, Miss.UNTOUCHED, Miss.OTHER_EVENT)
KINDS = {"added": On.CREATED, "changed": On.CHANGED, "erased": On.DELETED}
CHANGES = 10
OF_RECORDS = frozenset({On.CREATED, On.CHANGED, On.BECAME, On.LEFT, On.DELETED})


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One start that took place or not. `outcome` is started, skipped, queued, replaced or stopped; `on` what set it
    off (manual, created, changed, became, left, stayed, deleted, schedule, message), with the field and its values."""

    at: datetime
    definition: str
    outcome: str
    on: str
    field: str
    was: Value
    now: Value
    by: str
    door: str
    instance: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a definition made of a change. `outcome` is a word of `StartLog` if it led to a start or was kept from one;
    otherwise `missed` says why nothing began, and `parts` which parts of the condition held, with their values."""

    definition: int
    title: str
    trigger: Trigger
    outcome: str = ""
    missed: str = ""
    instance: int | None = None
    sentence: str = ""
    found: Value = None
    parts: Sequence[Part] = ()

    @property
    def has_begun(self) -> bool:
        return self.outcome in (StartLog.STARTED, StartLog.QUEUED, StartLog.REPLACED)


@dataclass(frozen=True, slots=True)
class Seen:
    """A change of the record and all definitions that looked at it, those that did not begin first."""

    at: datetime
    by: str
    process: str
    kind: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    looked: Sequence[Looked]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A start that will come by itself if nothing changes."""

    title: str
    trigger: Trigger
    since: datetime
    due: datetime


def why(record: RecordRef, *, limit: int = 50) -> list[WhyLine]:
    """The latest lines about a record, the newest first."""
    rows = StartLog.objects.filter(record_type=record.type, record_id=record.id).select_related("definition")[:limit]
    names = people.names(row.by_id for row in rows if row.by_id is not None)
    return [_line(row, names) for row in rows]


def looked(record: RecordRef, *, limit: int = CHANGES) -> list[Seen]:
    """What the definitions made of the latest changes of a record, the newest first."""
    rows = outside.changes(record, limit=limit)
    in_force = _in_force(record.type)
    lines = _lines(record, rows)
    names = people.names({row.by_id for row in rows if row.by_id is not None})
    now: dict[str, Any] = {}
    seen: list[Seen] = []
    for row in rows:
        # Going back: what later changes did is undone, so that a condition sees the record as it was then.
        before, after = dict(row.before), dict(row.after)
        if row.kind in KINDS:
            found = _looked(row, record, {**now, **after}, in_force, lines[row.at])
            decoded = {name: values.decode(plain) for name, plain in before.items()}
            got = {name: values.decode(plain) for name, plain in after.items()}
            author = names.get(row.by_id or 0, "")
            seen.append(Seen(row.at, author, row.cause.get("title", ""), row.kind, decoded, got, found))
        now = {**now, **after, **before}
    return seen


def would(record: RecordRef, *, field: str, value: Value, by: int | None) -> list[Looked]:
    """What would start if a field of the record got this value now, by this person; nothing is written."""
    at, was = clock.now(), outside.value_of(record, field)
    before, after = {field: values.encode(was)}, {field: values.encode(value)}
    change = Change(record.type, record.id, before, after)
    moment = Moment(record, at, now=after, before=before, by=by, door="screen")
    found = []
    for version, title in _current(record.type):
        best = _judged(version, title, change, moment, Miss.UNTOUCHED)
        found.append(_guarded(best, version, record) if best and not best.missed else best)
    return _in_order([each for each in found if each is not None])


def ahead(record: RecordRef) -> list[Ahead]:
    """The starts that time will bring if the record stays as it is, the nearest first."""
    found = Stay.objects.filter(record_type=record.type, record_id=record.id).select_related("definition")
    return [
        Ahead(row.definition.title, trigger, row.since, row.due)
        for row in found.order_by("due")
        for trigger in published.version(row.definition.version_id or 0).header.triggers
        if watching.key(trigger) == row.trigger
    ]


@dataclass(frozen=True, slots=True)
class _Reign:
    """A definition with its versions, the newest first."""

    definition: Definition
    versions: Sequence[Version] = field(default_factory=list)

    def at(self, moment: datetime) -> Published | None:
        found = next((each for each in self.versions if each.published_at <= moment), None)
        return published.version(found.pk) if found else None


def _in_force(record_type: str) -> list[_Reign]:
    definitions = (
        Definition.objects.filter(is_active=True, record_type=record_type).exclude(version=None).order_by("pk")
    )
    of: dict[int, list[Version]] = defaultdict(list)
    versions = Version.objects.filter(definition__in=definitions).only("definition", "published_at")
    for version in versions.order_by("definition", "-number"):
        of[version.definition_id].append(version)
    return [_Reign(each, of[each.pk]) for each in definitions]


def _current(record_type: str) -> list[tuple[Published, str]]:
    found = Definition.objects.filter(is_active=True, record_type=record_type).exclude(version=None).order_by("pk")
    return [(published.version(each.version_id or 0), each.title) for each in found]


def _lines(record: RecordRef, rows: Sequence[Any]) -> dict[datetime, dict[int, StartLog]]:
    """The lines that the changes have led to: they were written at the same moment."""
    found: dict[datetime, dict[int, StartLog]] = defaultdict(dict)
    moments = {row.at for row in rows}
    for line in StartLog.objects.filter(record_type=record.type, record_id=record.id, at__in=moments).order_by("pk"):
        if line.trigger.get("on") in OF_RECORDS:
            found[line.at][line.definition_id] = line
    return found


def _looked(
    row: Any, record: RecordRef, now: Mapping[str, Any], reigns: Iterable[_Reign], lines: Mapping[int, StartLog]
) -> list[Looked]:
    cause = row.cause.get("definition", "")
    change = Change(record.type, record.id, row.before, row.after, KINDS[row.kind], cause)
    by, door = row.by_id, row.cause.get("door", "")
    moment = Moment(record, row.at, now=now, before=row.before, by=by, door=door, process=cause)
    found: list[Looked] = []
    for reign in reigns:
        version = reign.at(row.at)
        if version is None or version.header.record != record.type:
            continue
        best = _judged(version, reign.definition.title, change, moment, Miss.OTHER_EVENT)
        if best is not None:
            line = lines.get(reign.definition.pk)
            found.append(_with_line(best, line) if line is not None else _without_line(best))
    return _in_order(found)


def _judged(version: Published, title: str, change: Change, moment: Moment, worst: Miss) -> Looked | None:
    """The trigger of a definition that came nearest to a start; None if none of them watches records at all.

    `worst` is the miss that is not worth telling, such as the creation of a record that was changed.
    """
    found = []
    for trigger in version.header.triggers:
        if trigger.on in OF_RECORDS:
            looked = _judge(version, title, trigger, change, moment)
            if looked.missed != worst and looked.missed != Miss.OTHER_EVENT:
                found.append(looked)
    return min(found, key=_nearness) if found else None


def _judge(version: Published, title: str, trigger: Trigger, change: Change, moment: Moment) -> Looked:
    base = Looked(version.definition, title, trigger)
    if miss := watching.miss(trigger, change):
        plain = change.before if miss is Miss.OTHER_BEFORE else change.after
        return replace(base, missed=miss, found=values.decode(plain.get(trigger.field)))
    if watching.is_own(version.header, change):
        return replace(base, missed=OWN)
    if trigger.when:
        parts = judging.explain(judging.Condition(trigger.when, version, moment))
        broken = [part for part in parts if isinstance(part.holds, Failed)]
        if broken or not all(part.holds is True for part in parts):
            return replace(base, missed=FAILED if broken else CONDITION, parts=parts)
        return replace(base, parts=parts)
    return base


def _with_line(looked: Looked, line: StartLog) -> Looked:
    code = line.fields.get("code", "")
    missed = "" if line.outcome in (StartLog.STARTED, StartLog.QUEUED, StartLog.REPLACED) else GUARD
    return replace(
        looked, outcome=line.outcome, instance=line.instance_id, missed=missed, sentence=_stopped(code, line.fields)
    )


def _without_line(looked: Looked) -> Looked:
    """What met everything and has no line was switched off at that moment."""
    return looked if looked.missed else replace(looked, missed=OFF)


def _guarded(looked: Looked, version: Published, record: RecordRef) -> Looked:
    """See whether what would start is kept from it by what runs on the record already."""
    runs = Instance.objects.filter(
        definition=version.definition, record_type=record.type, record_id=record.id, ended_at=None
    ).exists()
    verdict = rules.again(version.header.again, runs=runs)
    outcome = {
        rules.Verdict.START: StartLog.STARTED,
        rules.Verdict.SKIP: StartLog.SKIPPED,
        rules.Verdict.QUEUE: StartLog.QUEUED,
        rules.Verdict.REPLACE: StartLog.REPLACED,
    }[verdict]
    return replace(looked, outcome=outcome, missed=GUARD if outcome == StartLog.SKIPPED else "")


def _in_order(found: Sequence[Looked]) -> list[Looked]:
    return sorted(found, key=lambda each: (not each.missed, _nearness(each)))


def _nearness(looked: Looked) -> int:
    return NEAREST.index(looked.missed) if looked.missed else -1


def _line(row: StartLog, names: dict[int, str]) -> WhyLine:
    trigger: dict[str, Any] = row.trigger
    return WhyLine(
        at=row.at,
        definition=row.definition.title,
        outcome=row.outcome,
        on=trigger.get("on", ""),
        field=trigger.get("field", ""),
        was=values.decode(trigger.get("was")),
        now=values.decode(trigger.get("now")),
        by=names.get(row.by_id or 0, ""),
        door=row.fields.get("door", ""),
        instance=row.instance_id,
        sentence=_stopped(row.fields.get("code", ""), row.fields),
    )


def _stopped(code: str, told: Mapping[str, Any]) -> str:
    if code not in refusals():
        return ""
    fields = {"depth": rules.DEPTH_MAX, "count": rules.STARTS_A_MINUTE_MAX, **told}
    return complaints.sentence(code, fields)
