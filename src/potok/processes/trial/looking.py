"""Finding out what the instances of a trial wait for where they stand."""

from collections.abc import Sequence
from datetime import datetime

from potok.engine import values
from potok.people import public as people
from potok.processes.models import Assignee, Assignment, Command, Subscription
from potok.processes.trial import helping
from potok.processes.trial.waiting import Awaited, Offer, Question, Waiting

MESSAGE = "message:"


def look(family: Sequence[int], *, next_at: datetime | None) -> Waiting:
    """Say what these instances wait for now."""
    ears = list(Subscription.objects.filter(instance_id__in=family).order_by("instance_id", "token"))
    messages = [_awaited(one) for one in ears if one.event.startswith(MESSAGE)]
    chores = [helping.step_of(one) for one in ears if helping.can(one)]
    return Waiting(_questions(family), _offers(family), dict(chores), messages, next_at)


def _questions(family: Sequence[int]) -> list[Question]:
    found = Assignment.objects.filter(instance__in=family, status=Assignment.OPEN).order_by("id")
    return [
        Question(one.node, one.title, one.description, one.form, _asked(one), one.due_at)
        for one in found.select_related("instance")
    ]


def _asked(one: Assignment) -> dict[int, str]:
    parts = (
        Assignee.objects.filter(assignment=one, status=Assignee.OPEN).order_by("id").values_list("person", flat=True)
    )
    asked = [person for person in parts if one.claimed_by_id in (None, person)]
    names = people.names(asked)
    return {person: names[person] for person in asked}


def _offers(family: Sequence[int]) -> list[Offer]:
    found = Command.objects.filter(instance__in=family, status=Command.OPEN).order_by("id")
    return [Offer(one.node, one.title, people.names(people.resolve(whom=one.people))) for one in found]


def _awaited(ear: Subscription) -> Awaited:
    return Awaited(ear.event.removeprefix(MESSAGE), {name: values.decode(kept) for name, kept in ear.where.items()})
