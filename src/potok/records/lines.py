"""Lines on the cards of a board that other parts fill: what a process waits for, what is to be done next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from potok.engine.values import RecordRef
from potok.kit.registry import Registry


@dataclass(frozen=True)
class Line:
    """One sentence. `state` is a word of the process language: person, run, timer, incident, …"""

    text: str
    state: str = ""
    icon: str = "calendar"
    late: bool = False


Fill = Callable[[HttpRequest, Sequence[RecordRef]], Mapping[RecordRef, Line]]

process_lines: Registry[Fill] = Registry("process line of a board")
next_steps: Registry[Fill] = Registry("next step on a board")


def ask(fills: Registry[Fill], request: HttpRequest, refs: Sequence[RecordRef]) -> dict[RecordRef, Line]:
    """Ask all who fill a line about all cards at once; the first that says something about a record is heard."""
    said: dict[RecordRef, Line] = {}
    for fill in fills.all().values():
        said = {**fill(request, refs), **said}
    return said
