"""Everything that one person holds in processes goes to another, with a result for each thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from potok.engine import values
from potok.kit.calls import Call
from potok.kit.errors import MISSING, Refused
from potok.kit.operations import operation
from potok.people.public import Person
from potok.processes import duties, moving, rules
from potok.processes.duties import Terms
from potok.processes.models import Assignee, Constant, Definition
from potok.processes.moving import Move
from potok.processes.operations.assignments import serve
from potok.processes.permissions import HAND_OVER
from potok.processes.published import version
from potok.processes.queries.holdings import CONSTANT, Holding, holdings, replaced


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one thing: it went over, was refused with a sentence, or is for a person to decide."""

    holding: Holding
    is_done: bool
    refused: Refused | None = None


@operation("processes.handover.carry_out", needs=HAND_OVER, on="person")
def carry_out(call: Call, *, person: Person, to: Person) -> list[Handed]:
    """Give assignments, places in queues and constants of definitions that one person holds to another.

    What cannot go stays where it is, each with its reason; definitions that name him in their text are listed.
    `holdings` says beforehand what there is.
    """
    if person.pk == to.pk:
        raise duties.SAME_HEIR(place="to")
    if not to.is_active:
        raise MISSING(place="to", id=to.pk)
    held = holdings(person.pk)
    gone = _parts(call, person=person, to=to)
    return [_handed(call, one, gone, person=person, to=to) for one in held]


def _handed(call: Call, one: Holding, gone: "Gone", *, person: Person, to: Person) -> Handed:
    if one.is_by_hand:
        return Handed(one, is_done=False)
    if one.kind == CONSTANT:
        _constant(one, person=person, to=to)
        return Handed(one, is_done=True)
    return Handed(one, is_done=one.id in gone.moved, refused=gone.refused.get(one.id))


@dataclass(frozen=True, slots=True)
class Gone:
    """Which parts went over, and why others did not."""

    moved: set[int]
    refused: dict[int, Refused]


def _parts(call: Call, *, person: Person, to: Person) -> Gone:
    parts = moving.parts_of(person=person)
    barred = [part for part in parts if to.pk in Terms.read(part.assignment.terms).barred]
    decided = _decided(parts, to=to)
    staying: dict[int, Refused] = {part.pk: duties.OWN_REQUEST(who=str(to)) for part in barred}
    each = [part for part in parts if part.assignment.each_answers and part.assignment_id in decided]
    staying |= {part.pk: rules.SAME_PERSON() for part in each}
    moved = moving.move(call, [Move(part, to.pk) for part in parts if part.pk not in staying], what="handed_over")
    moving.look_again(call, moved.fewer.values(), what="people")
    serve(moved.fewer.values())
    return Gone(moved.gone, staying)


def _decided(parts: Sequence[Assignee], *, to: Person) -> set[int]:
    """Where the heir has a part of his own: one person does not vote for two."""
    asked = Assignee.objects.filter(assignment__in=[part.assignment_id for part in parts], person=to)
    return set(asked.exclude(status=Assignee.LEFT).values_list("assignment", flat=True))


def _constant(one: Holding, *, person: Person, to: Person) -> None:
    definition = Definition.objects.get(pk=one.id)
    declared = next(each for each in version(definition.version_id or 0).header.constants if each.name == one.name)
    kept = Constant.objects.filter(definition=definition, name=one.name).first()
    value = values.decode(kept.value) if kept else declared.default
    now = values.encode(replaced(value, person=person.pk, to=to.pk))
    Constant.objects.update_or_create(definition=definition, name=one.name, defaults={"value": now})
