"""What functions may ask about the world outside a process; the shell answers, or says that it has to look first."""

from typing import Protocol

from potok.engine.time import WorkingTime
from potok.engine.values import FileRef, PersonRef


class Outside(Protocol):
    """Whoever answers may raise what `look` may raise; it passes through the evaluator untouched."""

    def working_time(self, person: PersonRef | None) -> WorkingTime:
        """Tell when a person works, or the company."""

    def zone(self, whose: PersonRef | str) -> str:
        """Name the time zone of a person; `author` and `responsible` are those of the record."""

    def page(self) -> str:
        """Give the full address of the page of the record that the process is about; empty without one."""

    def title(self) -> str:
        """Tell how that record is called."""

    def host(self) -> str:
        """Name the host at which people find the product."""

    def file(self, file: FileRef) -> str:
        """Give the full address of a file."""
