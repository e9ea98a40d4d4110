"""Runs in stages: taken into work, handed over; and what belongs to a run: its note, its links, who sees it."""

from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.people import public as people
from potok.people.public import Person
from potok.processes import outside, responsibles
from potok.processes.models import Admission, Instance, RunLink, RunNote, StageVisit
from potok.processes.operations import assignments
from potok.processes.permissions import TERMINATE
from potok.processes.queries import stages


@operation("processes.stage.begin", needs="")
def begin(call: Call, *, instance: Instance) -> StageVisit:
    """Say that work on the stage has begun. Said twice, the first time counts."""
    visit = _current(instance)
    work = stages.work_of(instance, visit)
    has = stages.holder(work)
    if call.by not in (None, has.pk if has else visit.responsible_id):
        raise responsibles.NOT_RESPONSIBLE(title=visit.title)
    StageVisit.objects.filter(pk=visit.pk, begun_at=None, left_at=None).update(begun_at=call.at)
    touch("instance", instance.pk)
    return StageVisit.objects.get(pk=visit.pk)


@operation("processes.stage.entrust", needs="")
def entrust(call: Call, *, instance: Instance, to: int) -> StageVisit:
    """Give the stage to somebody else: whoever has it may, whoever started the run, and the heads of both."""
    visit = _current(instance)
    _check_leads(call, instance)
    if _active(to) is None:
        raise MISSING(place="to", id=to)
    work = stages.work_of(instance, visit)
    has = stages.holder(work)
    if work is not None and has is not None and has.pk != to:
        assignments.delegate(call.by_system(), assignment=work, to=to, person=has.pk)
    StageVisit.objects.filter(pk=visit.pk).update(responsible=to)
    touch("instance", instance.pk)
    return StageVisit.objects.get(pk=visit.pk)


@operation("processes.instance.note", needs="")
def note(call: Call, *, instance: Instance, text: str) -> RunNote:
    """Change the note that goes with the run through all its stages."""
    _check_takes_part(call, instance)
    kept, _ = RunNote.objects.update_or_create(
        instance=instance, defaults={"text": text.strip(), "changed_at": call.at, "changed_by_id": call.author}
    )
    touch("instance", instance.pk)
    return kept


@operation("processes.instance.link", needs="")
def link(call: Call, *, instance: Instance, record: RecordRef) -> RunLink:
    """Add a record to those that belong to the run; one must see it oneself. A record that is there stays."""
    _check_takes_part(call, instance)
    outside.seen(record, by=call.by)
    kept, _ = RunLink.objects.get_or_create(
        instance=instance,
        record_type=record.type,
        record_id=record.id,
        defaults={"added_at": call.at, "added_by_id": call.author},
    )
    touch("instance", instance.pk)
    return kept


@operation("processes.instance.unlink", needs="")
def unlink(call: Call, *, instance: Instance, record: RecordRef) -> None:
    """Take a record away from the run; the record itself stays."""
    _check_takes_part(call, instance)
    RunLink.objects.filter(instance=instance, record_type=record.type, record_id=record.id).delete()
    touch("instance", instance.pk)


@operation("processes.instance.admit", needs="")
def admit(call: Call, *, instance: Instance, person: int) -> Admission:
    """Let somebody see the run though nothing was asked of him."""
    _check_leads(call, instance)
    if _active(person) is None:
        raise MISSING(place="person", id=person)
    kept, _ = Admission.objects.get_or_create(
        instance=instance, person_id=person, defaults={"added_at": call.at, "added_by_id": call.author}
    )
    touch("instance", instance.pk)
    return kept


@operation("processes.instance.shut_out", needs="")
def shut_out(call: Call, *, instance: Instance, person: int) -> None:
    """Let somebody see the run no longer, unless something was asked of him."""
    _check_leads(call, instance)
    Admission.objects.filter(instance=instance, person=person).delete()
    touch("instance", instance.pk)


def _current(instance: Instance) -> StageVisit:
    found = None if instance.is_over else stages.current(instance)
    if found is None:
        raise responsibles.NO_STAGE()
    return found


def _active(id: int) -> Person | None:
    person = people.by_id([id]).get(id)
    return person if person and person.is_active else None


def _check_takes_part(call: Call, instance: Instance) -> None:
    """Whoever takes part in a run may write into it; so may whoever may end it."""
    if instance.pk not in stages.taking_part(call.by, among=[instance.pk]) and not _may_end(call, instance):
        raise responsibles.NO_PART()


def _check_leads(call: Call, instance: Instance) -> None:
    if not stages.leading(call.by, instance) and not _may_end(call, instance) and not _heads(call, instance):
        raise responsibles.NOT_LEADING()


def _heads(call: Call, instance: Instance) -> bool:
    """Tell whether somebody who leads the run works under whoever asks."""
    under = set(people.subordinates(head=call.by)) if call.by is not None else set()
    visit = stages.current(instance)
    return bool(under & {instance.initiator_id, visit.responsible_id if visit else None})


def _may_end(call: Call, instance: Instance) -> bool:
    return people.visible(call.by, permission=TERMINATE).covers(instance.owners())
