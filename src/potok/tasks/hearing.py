"""Live updates of tasks keep the rights: whoever sees a task hears of it, the others that some task has changed."""

from collections.abc import Set

from potok.kit import live
from potok.tasks import queries


def register() -> None:
    """Answer for the topic of tasks."""
    live.hearings.add("task", _heard)


def _heard(by: int, ids: Set[int]) -> Set[int]:
    seen = set(queries.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))
    # What he does not see may just have gone from his sight: then his lists are to lose it.
    return seen if len(seen) == len(ids) else seen | {0}
