"""Dependencies between tasks, decided from values: what holds what, which circle is refused, what is in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from potok.kit.errors import Missing, refusal
from potok.kit.words import _

FINISH_START, START_START, FINISH_FINISH, START_FINISH = "finish_start", "start_start", "finish_finish", "start_finish"
KINDS = {
    FINISH_START: _("begins after it ends"),
    START_START: _("begins after it begins"),
    FINISH_FINISH: _("ends after it ends"),
    START_FINISH: _("ends after it begins"),
}

ITSELF = refusal("tasks.dependency.itself", _("A task does not wait for itself. Choose another one."))
CIRCLE = refusal(
    "tasks.dependency.circle", _("These tasks would wait for each other for ever. Take the other way round off first.")
)
UNKNOWN_KIND = refusal("tasks.dependency.unknown_kind", _("There is no dependency “{kind}”. Choose one from the list."))
UNKNOWN = refusal("tasks.dependency.missing", _("This dependency is not there any more."), family=Missing)


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a task as dependencies see them: what has happened, what is planned."""

    started: bool
    finished: bool
    begins_at: datetime | None = None
    deadline: datetime | None = None


def check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise UNKNOWN_KIND(place="kind", kind=kind)


def check_circle(before: int, after: int, *, followers: Mapping[int, Iterable[int]]) -> None:
    """Refuse a dependency whose end already leads, through others, to its beginning."""
    if before == after:
        raise ITSELF(place="after")
    seen: set[int] = set()
    ahead = [after]
    while ahead:
        here = ahead.pop()
        if here == before:
            raise CIRCLE(place="after")
        if here not in seen:
            seen.add(here)
            ahead.extend(followers.get(here, ()))


def holds_start(kind: str, before: Ends) -> bool:
    """Tell whether the first of two tasks still keeps the second from beginning."""
    return (kind == FINISH_START and not before.finished) or (kind == START_START and not before.started)


def holds_end(kind: str, before: Ends) -> bool:
    """Tell whether the first of two tasks still keeps the second from ending."""
    return (kind == FINISH_FINISH and not before.finished) or (kind == START_FINISH and not before.started)


def clashes(kind: str, before: Ends, after: Ends) -> bool:
    """Tell whether the plans of two tasks contradict their dependency."""
    first = before.deadline if kind in (FINISH_START, FINISH_FINISH) else before.begins_at
    second = after.begins_at if kind in (FINISH_START, START_START) else after.deadline
    return first is not None and second is not None and second < first
