"""Live updates of processes keep the rights: of a run hears whoever may look at it, of a definition whoever works with
definitions, of a list that is started whoever started it."""

from collections.abc import Set

from potok.kit import live
from potok.people import public as people
from potok.processes.models import StartList
from potok.processes.permissions import DIRECT, EDIT, MEND, MIGRATE, SEE, START
from potok.processes.web import rights

# Whoever has one of these has lists in which runs and definitions of others stand.
KEEPERS = (SEE, MEND, DIRECT)
READERS = (*KEEPERS, EDIT, START, MIGRATE)


def register() -> None:
    """Answer for the topics of processes."""
    live.hearings.add("instance", _instances)
    live.hearings.add("definition", _definitions)
    live.hearings.add("drawing", _drawings)
    live.hearings.add("migration", _migrations)
    live.hearings.add("start_list", _start_lists)
    live.hearings.add("globals", _definitions)


def _instances(by: int, ids: Set[int]) -> Set[int]:
    seen = set(rights.visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))
    # Lists count what their reader does not open one by one, and what has just gone from his sight.
    return seen | {0} if len(seen) < len(ids) and people.held(by, permissions=KEEPERS) else seen


def _definitions(by: int, ids: Set[int]) -> Set[int]:
    return ids if people.held(by, permissions=READERS) else set()


def _drawings(by: int, ids: Set[int]) -> Set[int]:
    return ids if people.may(by, permission=EDIT) else set()


def _migrations(by: int, ids: Set[int]) -> Set[int]:
    return ids if people.may(by, permission=MIGRATE) else set()


def _start_lists(by: int, ids: Set[int]) -> Set[int]:
    return set(StartList.objects.filter(by=by, pk__in=ids).values_list("pk", flat=True))
