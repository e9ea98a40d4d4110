"""Who may do less with a record for the time being than his role says: parts above keep such rules and answer here.

class Stages:
    def refuse(self, asks): ...     # a refusal or None for each
    def hidden(self, record_type, *, by): ...

guards.guards.add("processes.stages", Stages())
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from potok.engine.values import RecordRef
from potok.kit import events
from potok.kit.errors import Refused
from potok.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Act:
    """A person is about to do something with a record: `right` is `edit` or `remove`."""

    by: int
    record: RecordRef
    right: str


class Guard(Protocol):
    """Answers for many records at once."""

    def refuse(self, asks: Sequence[Act]) -> Sequence[Refused | None]:
        """Refuse those acts that are closed to these people now."""

    def hidden(self, record_type: str, *, by: int) -> "QuerySet[Any, int]":
        """The ids of records that the person must not see now, as a question that has not been asked yet."""


guards: Registry[Guard] = Registry("guard of records")


def judge(asks: Sequence[Act | None]) -> list[Refused | None]:
    """Answer every act with None or with the first refusal; what the system does (None) is never refused."""
    answers: list[Refused | None] = [None] * len(asks)
    asked = [(place, ask) for place, ask in enumerate(asks) if ask is not None]
    for guard in guards.all().values() if asked else ():
        for (place, _), refused in zip(asked, guard.refuse([ask for _, ask in asked]), strict=True):
            answers[place] = answers[place] or refused
    return answers


def hidden(record_type: str, *, by: int | None) -> "list[QuerySet[Any, int]]":
    """What is to be left out of the records of a type for this person; nothing where no guard hides anything."""
    if by is None:
        return []
    return events.judged((Guard, by, record_type), lambda: _hidden(record_type, by))


def _hidden(record_type: str, by: int) -> "list[QuerySet[Any, int]]":
    asked = [guard.hidden(record_type, by=by) for guard in guards.all().values()]
    return [one for one in asked if not one.query.is_empty()]
