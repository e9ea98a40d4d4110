"""Somebody is dismissed while processes wait for him: nothing hangs in silence.

Where others can answer, he is asked no more. Where nobody is left, or everybody's own answer counts, the definition
says what happens: his head or an administrator is asked, the process goes on, or an incident tells who waits.
"""

from collections import defaultdict
from collections.abc import Sequence

from potok.kit.calls import Call
from potok.kit.events import reacts_to, touch
from potok.people import public as people
from potok.people.events import PersonDismissed, PersonReturned
from potok.processes import duties, moving
from potok.processes.duties import Nobody, Terms
from potok.processes.models import Assignee, Incident, Instance
from potok.processes.moving import Move


@reacts_to(PersonDismissed)
def follow(happened: Sequence[PersonDismissed]) -> None:
    """Find others for what waits for people who are dismissed."""
    call, gone = happened[0].call.by_system(), {event.person for event in happened}
    parts = moving.parts_of(person__in=gone)
    replaceable = with_others(parts)
    moving.move(call, [Move(part, None) for part in parts if part.pk in replaceable], what="left")
    _replace(call, [part for part in parts if part.pk not in replaceable])


@reacts_to(PersonReturned)
def welcome(happened: Sequence[PersonReturned]) -> None:
    """Who is back can answer what still waits for him."""
    parts = moving.parts_of(person__in=[event.person for event in happened])
    waiting = Incident.objects.filter(code=duties.PERSON_LEFT.code, resolved_at=None)
    waiting.filter(fields__part__in=[part.pk for part in parts]).update(
        resolved_at=happened[0].call.at, resolution="returned"
    )


def with_others(parts: Sequence[Assignee]) -> set[int]:
    """The parts that are not needed: one answer is enough, and somebody else is there to give it."""
    single = [part.assignment_id for part in parts if not part.assignment.each_answers]
    others = Assignee.objects.filter(assignment__in=single, status=Assignee.OPEN)
    others = others.exclude(pk__in=[part.pk for part in parts])
    there = set(others.filter(person__is_active=True).values_list("assignment", flat=True))
    return {part.pk for part in parts if part.assignment_id in there}


def _replace(call: Call, parts: Sequence[Assignee]) -> None:
    terms = {part.pk: Terms.read(part.assignment.terms) for part in parts}
    instead = moving.instead(parts)
    moved = moving.move(call, [Move(part, instead[part.pk]) for part in parts if part.pk in instead], what="left")
    moving.look_again(call, moved.fewer.values(), what="people")
    rest = [part for part in parts if part.pk not in instead]
    skipped = [part for part in rest if terms[part.pk].nobody == Nobody.SKIP]
    _skip(call, skipped)
    _report(call, [part for part in rest if part not in skipped])


def _skip(call: Call, parts: Sequence[Assignee]) -> None:
    """Where everybody's answer counts, the others' still do; else the process goes on without any."""
    each = [part for part in parts if part.assignment.each_answers]
    still = _asked_besides(each)
    moving.move(call, [Move(part, None) for part in each if part.assignment_id in still], what="left")
    fewer = {part.assignment_id: part.assignment for part in each if part.assignment_id in still}
    none = {part.assignment_id: part.assignment for part in parts if part.assignment_id not in fewer}
    moving.look_again(call, fewer.values(), what="people")
    moving.look_again(call, none.values(), what="nobody")


def _asked_besides(parts: Sequence[Assignee]) -> set[int]:
    mine: dict[int, set[int]] = defaultdict(set)
    for part in parts:
        mine[part.assignment_id].add(part.pk)
    others = Assignee.objects.filter(assignment__in=mine).exclude(status=Assignee.LEFT)
    return {part.assignment_id for part in others if part.pk not in mine[part.assignment_id]}


def _report(call: Call, parts: Sequence[Assignee]) -> None:
    names = people.names(part.person_id for part in parts)
    instances = Instance.objects.in_bulk({part.assignment.instance_id for part in parts})
    Incident.objects.bulk_create(
        [
            _incident(call, part, instances[part.assignment.instance_id], who=names.get(part.person_id, ""))
            for part in parts
        ]
    )
    for part in parts:
        touch("instance", part.assignment.instance_id)


def _incident(call: Call, part: Assignee, instance: Instance, *, who: str) -> Incident:
    asked = part.assignment
    refused = duties.PERSON_LEFT(who=who, title=asked.title, assignment=asked.pk, part=part.pk)
    return Incident(
        definition_id=instance.definition_id,
        instance=instance,
        node=asked.node,
        code=refused.code,
        fields=refused.fields,
        sentence=refused.sentence(),
        record_type=asked.record_type,
        record_id=asked.record_id,
        at=call.at,
    )
