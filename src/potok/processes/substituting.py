"""What people are asked by processes, and the stages they work on, go over while they are away.

Where another can answer, an assignment stays as it is; and nobody gets one who must not decide, or votes there himself.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from potok.kit.calls import Call
from potok.kit.events import touch
from potok.people.public import standing_in
from potok.processes import asking, left_behind, moving
from potok.processes.duties import Terms
from potok.processes.models import Assignee, Assignment, StageVisit
from potok.processes.moving import Move


def register() -> None:
    """Register once, at start-up."""
    left_behind.register()
    # A definition says itself what happens when somebody leaves: see `leaving`.
    asked = standing_in.Work("assignment", _("Assignments"), held=_held, hand=_hand, sees_to_leavers=True)
    standing_in.works.add(asked.name, asked)
    stage = standing_in.Work("stage", _("Stages of processes"), held=_held_stages, hand=_hand_stages)
    standing_in.works.add(stage.name, stage)


def _held(persons: Collection[int]) -> list[standing_in.Held]:
    open_ = Assignee.objects.filter(status__in=(Assignee.OPEN, Assignee.LATER), assignment__status=Assignment.OPEN)
    parts = list(open_.filter(person__in=persons).select_related("assignment").order_by("pk"))
    together: dict[int, set[int]] = defaultdict(set)
    others = Assignee.objects.filter(assignment__in={part.assignment_id for part in parts})
    for assignment, person in others.exclude(status=Assignee.LEFT).values_list("assignment", "person"):
        together[assignment].add(person)
    return [
        standing_in.Held(
            id=part.pk,
            person=part.person_id,
            title=part.assignment.title,
            url=asking.url_of(part.assignment_id),
            barred=frozenset({*Terms.read(part.assignment.terms).barred, *together[part.assignment_id]}),
        )
        for part in parts
        if not _others_answer(part, together[part.assignment_id] - set(persons))
    ]


def _others_answer(part: Assignee, others: set[int]) -> bool:
    """One answer is enough and others are there to give it, unless he has taken it from the queue."""
    asked = part.assignment
    return bool(others) and not asked.each_answers and asked.claimed_by_id != part.person_id


def _hand(call: Call, handings: Sequence[standing_in.Handing], why: str) -> set[int]:
    wanted = {one.id: one for one in handings}
    parts = [part for part in moving.parts_of(pk__in=list(wanted)) if part.person_id == wanted[part.pk].was]
    return moving.move(call, [Move(part, wanted[part.pk].now) for part in parts], what=why).gone


def _held_stages(persons: Collection[int]) -> list[standing_in.Held]:
    visits = StageVisit.objects.filter(responsible__in=persons, left_at=None, instance__ended_at=None).order_by("pk")
    # Where the work of the stage is an assignment, that one goes over, and the stage with it.
    asked = Assignment.objects.filter(
        instance=OuterRef("instance"), status=Assignment.OPEN, node=Concat(OuterRef("stage"), Value(".work"))
    )
    visits = visits.exclude(Exists(asked))
    return [
        standing_in.Held(one.pk, one.responsible_id, one.title, f"/instances/{one.instance_id}/")
        for one in visits
        if one.responsible_id is not None
    ]


def _hand_stages(call: Call, handings: Sequence[standing_in.Handing], why: str) -> set[int]:
    went = set()
    for one in handings:
        visit = StageVisit.objects.filter(pk=one.id, responsible=one.was, left_at=None)
        if visit.update(responsible=one.now):
            went.add(one.id)
            touch("instance", visit.model.objects.values_list("instance", flat=True).get(pk=one.id))
    return went
