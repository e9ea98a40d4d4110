"""Commands that instances offer: to whom, and what a reader may give."""

from collections.abc import Iterable
from dataclasses import dataclass

from potok.kit.errors import Refused
from potok.people import public as people
from potok.processes.models import Command


@dataclass(frozen=True, slots=True)
class Offered:
    """A button that a person may press."""

    id: int
    instance: int
    title: str
    help: str
    node: str


def commands_for(person: int | None, *, instances: Iterable[int]) -> dict[int, list[Offered]]:
    """The open commands of instances that a person may give, by instance, in the order in which they were offered."""
    found = list(Command.objects.filter(instance__in=list(instances), status=Command.OPEN).order_by("pk"))
    named = people.resolve.many([{"whom": one.people} for one in found]) if found else []
    offered: dict[int, list[Offered]] = {}
    for one, persons in zip(found, named, strict=True):
        if not isinstance(persons, Refused) and person in persons:
            told = Offered(one.pk, one.instance_id, one.title, one.help, one.node)
            offered.setdefault(one.instance_id, []).append(told)
    return offered
