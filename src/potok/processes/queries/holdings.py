"""What a person holds in processes: what waits for him, his places in queues, where definitions count on him."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from potok.engine import graph, values
from potok.engine.values import PersonRef, Value
from potok.people.public import Role
from potok.processes import asking
from potok.processes.models import Assignee, Assignment, Constant, Definition

ASSIGNMENT, QUEUE, CONSTANT, NAMED, ROLE = "assignment", "queue", "constant", "named", "role"
BY_HAND = frozenset({NAMED, ROLE})


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that a person holds. `id` is that of his part, or of the definition; `name` that of a constant.

    Kinds: `assignment`, `queue`, `constant` go over by themselves; `named` (a definition whose text names him) and
    `role` (one that he has and a definition counts on) are for a person to decide.
    """

    kind: str
    title: str
    about: str
    url: str
    id: int
    name: str = ""

    @property
    def is_by_hand(self) -> bool:
        return self.kind in BY_HAND


def holdings(person: int) -> list[Holding]:
    """List everything a person holds in processes; nothing is changed."""
    return [*_parts(person), *_definitions(person)]


def _parts(person: int) -> Iterator[Holding]:
    parts = Assignee.objects.filter(
        person=person, status__in=(Assignee.OPEN, Assignee.LATER), assignment__status=Assignment.OPEN
    )
    for part in parts.select_related("assignment__instance__definition").order_by("pk"):
        asked = part.assignment
        in_queue = asked.is_queue and asked.claimed_by_id != person
        about = asked.instance.definition.title
        yield Holding(QUEUE if in_queue else ASSIGNMENT, asked.title, about, asking.url_of(asked.pk), part.pk)


def _definitions(person: int) -> Iterator[Holding]:
    """Constants that hold him, texts that name him, his roles that texts count on, in published definitions."""
    named = re.compile(rf"\b(?:user_|group_u|head_of_|subordinates_of_){person}\b")
    roles = {f"role_{role.pk}": role.name for role in Role.objects.filter(holders__person=person)}
    kept = {(one.definition_id, one.name): values.decode(one.value) for one in Constant.objects.all()}
    for one in Definition.objects.exclude(version=None).select_related("version").order_by("title", "pk"):
        url, source = f"/definitions/{one.pk}/", "" if one.version is None else one.version.source
        for declared in _header(one).constants:
            value = kept.get((one.pk, declared.name), declared.default)
            if holds(value, person):
                yield Holding(CONSTANT, declared.title or declared.name, one.title, url, one.pk, declared.name)
        if named.search(source):
            yield Holding(NAMED, one.title, "", url, one.pk)
        for code, title in roles.items():
            if re.search(rf"\b{code}\b", source):
                yield Holding(ROLE, title, one.title, url, one.pk)


def _header(one: Definition) -> graph.Header:
    assert one.version is not None
    return graph.decode(bytes(one.version.graph)).header


def holds(value: Value, person: int) -> bool:
    """Tell whether a value is a person, or a list with him."""
    return any(each == PersonRef(person) for each in (value if isinstance(value, tuple) else (value,)))


def replaced(value: Value, *, person: int, to: int) -> Any:
    """The value with somebody else in his place, nobody twice."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(PersonRef(to) if each == PersonRef(person) else each for each in value))
    return PersonRef(to) if value == PersonRef(person) else value
