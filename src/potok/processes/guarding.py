"""Rights to a record while a process stands on a stage: only those named may see, change or remove it.

Administrators always may. The rights are those of the people whom the definition named when the stage was entered, and
they end with the stage, and with the run.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, QuerySet

from potok.kit import events, sets
from potok.kit.errors import Refused
from potok.people.public import Person
from potok.processes import responsibles
from potok.processes.models import Instance, StageRight
from potok.records.public import guards

NAME = "processes.stages"
# Mostly nothing is hidden from anybody; then no list has to be joined with what is.
HIDES = """SELECT DISTINCT r.record_type FROM processes_stageright r
    JOIN processes_instance i ON i.id = r.instance_id AND i.ended_at IS NULL
    WHERE r."right" = 'see' AND NOT r.people @> to_jsonb(%b::bigint)"""
KEPT = """SELECT r.record_type, r.record_id, r."right", r.people, d.title FROM processes_stageright r
    JOIN processes_instance i ON i.id = r.instance_id AND i.ended_at IS NULL
    JOIN processes_definition d ON d.id = i.definition_id
    WHERE r.record_type = ANY(%b::text[]) AND r.record_id = ANY(%b::bigint[]) AND r."right" <> 'see'"""


class Stages:
    """Answers for the records of all runs in stages."""

    def refuse(self, asks: Sequence[guards.Act]) -> list[Refused | None]:
        types, ids = {ask.record.type for ask in asks}, {ask.record.id for ask in asks}
        kept = sets.execute(KEPT, (), sorted(types), sorted(ids)).fetchall()
        spared = _administrators(ask.by for ask in asks) if kept else set()
        return [None if ask.by in spared else _judged(ask, kept) for ask in asks]

    def hidden(self, record_type: str, *, by: int) -> "QuerySet[Any, int]":
        if record_type not in _types_hidden(by):
            return StageRight.objects.none().values_list("record_id", flat=True)
        found = _in_force().filter(record_type=record_type, right="see").exclude(people__contains=[by])
        spared = Exists(Person.objects.filter(pk=by, is_administrator=True))
        return found.exclude(spared).values_list("record_id", flat=True)


def register() -> None:
    """Guard records from now on."""
    guards.guards.add(NAME, Stages())


def _types_hidden(by: int) -> frozenset[str]:
    """The record types of which anything at all is hidden from a person."""
    return events.judged((Stages, by), lambda: frozenset(name for (name,) in sets.execute(HIDES, (), by)))


def _judged(ask: guards.Act, kept: list[Any]) -> Refused | None:
    for type, id, right, people, title in kept:
        if (type, id, right) == (ask.record.type, ask.record.id, ask.right) and ask.by not in people:
            return responsibles.STAGE_FORBIDS(definition=title)
    return None


def _in_force() -> "QuerySet[StageRight]":
    return StageRight.objects.filter(instance__in=Instance.objects.filter(ended_at=None))


def _administrators(persons: Any) -> set[int]:
    found = Person.objects.filter(pk__in=set(persons), is_administrator=True)
    return set(found.values_list("pk", flat=True))
