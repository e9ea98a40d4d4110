"""Files of runs: they hang on the instance. Whoever takes part may add them, whoever sees the run may fetch them."""

from collections.abc import Set

from potok.disk.public import Holder, Place, holders
from potok.processes.models import Instance
from potok.processes.queries import stages

KIND = "instance"


def register() -> None:
    """Answer for files that hang on instances."""
    holders.add(KIND, Holder(sees=_sees, adds=_adds))


def place(instance: Instance) -> Place:
    """Where the files of an instance hang."""
    return Place(KIND, instance.pk)


def _sees(person: int | None, ids: Set[int]) -> Set[int]:
    return stages.seeing(person, among=ids)


def _adds(person: int | None, ids: Set[int]) -> Set[int]:
    return stages.taking_part(person, among=ids)
