"""What a task may be and who may do what to it. Values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from potok.kit.errors import Forbidden, Missing, Overtaken, refusal
from potok.kit.words import _

NEW, IN_PROGRESS, AWAITING, DEFERRED, DONE = "new", "in_progress", "awaiting", "deferred", "done"
STATUSES = {
    NEW: _("Not begun"),
    IN_PROGRESS: _("Under way"),
    AWAITING: _("Waits to be accepted"),
    DEFERRED: _("Put off"),
    DONE: _("Completed"),
}
# Somebody is to work on it now.
ACTIVE = frozenset({NEW, IN_PROGRESS})
OPEN = frozenset(STATUSES) - {DONE}
STARTABLE = frozenset({NEW, DEFERRED})
RESUMABLE = frozenset({IN_PROGRESS, DEFERRED})
LOW, NORMAL, HIGH = "low", "normal", "high"
PRIORITIES = {LOW: _("Low"), NORMAL: _("Normal"), HIGH: _("High")}
TITLE_LENGTH_MAX = 400
TEXT_LENGTH_MAX = 60_000
PLANNED_MINUTES_MAX = 600_000

# What a person is to a task.
RESPONSIBLE, CREATOR, CONTROLLER, OBSERVER = "responsible", "creator", "controller", "observer"
ACCOMPLICE = "accomplice"
# A member of the project group; whoever holds the permission to manage, or to see, over the people of the task.
COLLEAGUE, OVERSEER, SPECTATOR = "colleague", "overseer", "spectator"
SYSTEM = frozenset({OVERSEER})
MAY_CLOSE = frozenset({RESPONSIBLE, CREATOR, CONTROLLER, OVERSEER})
MAY_WORK = frozenset({RESPONSIBLE, ACCOMPLICE, CREATOR, CONTROLLER, OVERSEER})
MAY_ACCEPT = frozenset({CREATOR, CONTROLLER, OVERSEER})
MAY_CHANGE = frozenset({CREATOR, CONTROLLER, OVERSEER})

UNTITLED = refusal("tasks.task.untitled", _("The task has no title. Say in a few words what is to be done."))
TITLE_TOO_LONG = refusal(
    "tasks.task.title_too_long", _("The title is longer than {limit} characters. Move the details to the description.")
)
TEXT_TOO_LONG = refusal(
    "tasks.text_too_long", _("The text is longer than {limit} characters. Attach it as a file instead.")
)
NO_CREATOR = refusal("tasks.task.no_creator", _("Nobody gives this task. Name its creator."))
NOT_IN_ANOTHERS_NAME = refusal(
    "tasks.task.not_in_anothers_name",
    _("A task is given in one's own name. Leave the creator out, or ask him to give it."),
    family=Forbidden,
)
NO_RESPONSIBLE = refusal("tasks.task.no_responsible", _("Nobody answers for the task. Choose who does it."))
WRONG_DEADLINE = refusal("tasks.task.wrong_deadline", _("The deadline is not a date. Write it as 24.11.2026 18:00."))
UNKNOWN_PEOPLE = refusal(
    "tasks.task.unknown_people",
    _("The responsible person, the creator or the group of the task is not there any more. Choose somebody else."),
    family=Missing,
)
UNKNOWN_PRIORITY = refusal(
    "tasks.task.unknown_priority", _("There is no priority “{priority}”. Use low, normal or high.")
)
UNKNOWN_TASK = refusal(
    "tasks.task.missing", _("Task {id} is not there, or you cannot see it. Ask its creator."), family=Missing
)
NOT_YOURS_TO_CLOSE = refusal(
    "tasks.task.not_yours_to_close",
    _("The task is completed by the responsible person, the creator or the controller. Write them a comment."),
    family=Forbidden,
)
NOT_YOURS_TO_CHANGE = refusal(
    "tasks.task.not_yours_to_change",
    _("The task is changed by its creator or controller. Write them a comment."),
    family=Forbidden,
)
NOT_YOURS = refusal(
    "tasks.task.not_yours", _("You take no part in this task. Ask its creator to add you."), family=Forbidden
)
CLOSED_ALREADY = refusal(
    "tasks.task.closed_already", _("The task is already completed. Reopen it to go on."), family=Overtaken
)
NOT_CLOSED = refusal(
    "tasks.task.not_closed", _("The task is not completed, there is nothing to reopen."), family=Overtaken
)
HANDED_IN_ALREADY = refusal(
    "tasks.task.handed_in_already", _("The work is handed in and waits to be accepted."), family=Overtaken
)
NOT_HANDED_IN = refusal(
    "tasks.task.not_handed_in", _("The task does not wait to be accepted any more. Look at it anew."), family=Overtaken
)
NOT_YOURS_TO_ACCEPT = refusal(
    "tasks.task.not_yours_to_accept",
    _("The work is accepted by the creator or the controller of the task. Write them a comment."),
    family=Forbidden,
)
UNEXPLAINED = refusal("tasks.task.unexplained", _("Say what is still to be done, then send the work back."))
NOT_ACTIVE = refusal(
    "tasks.task.not_active", _("Only a task that is worked on can be put off. Look at it anew."), family=Overtaken
)
BEGINS_LATE = refusal("tasks.task.begins_late", _("The task begins after its deadline. Move one of the two."))
OWN_PARENT = refusal(
    "tasks.task.own_parent", _("A task cannot be a part of itself or of its own sub-tasks. Choose another one.")
)
UNKNOWN_STAGE = refusal("tasks.stage.missing", _("The board of the group has no such column any more."), family=Missing)
WRONG_PLAN = refusal("tasks.task.wrong_plan", _("The planned time is a number of minutes from 1 to 600,000."))
STARTED_ALREADY = refusal(
    "tasks.task.started_already", _("The task is already in progress or completed."), family=Overtaken
)
EMPTY_COMMENT = refusal("tasks.comment.empty", _("The comment is empty. Write something or attach a file."))
UNKNOWN_COMMENT = refusal("tasks.comment.missing", _("This comment is not there any more."), family=Missing)
ANOTHERS_COMMENT = refusal(
    "tasks.comment.anothers", _("This comment was written by somebody else. Answer it instead."), family=Forbidden
)
EMPTY_ITEM = refusal("tasks.checklist.empty", _("The item of the checklist is empty. Say what is to be ticked off."))
UNKNOWN_ITEM = refusal("tasks.checklist.missing", _("This item is not in the checklist any more."), family=Missing)
UNKNOWN_FIELD = refusal("tasks.task.unknown_field", _("A task has no field “{field}” that can be changed."))


@dataclass(frozen=True, slots=True)
class Parties:
    """The people of a task."""

    responsible: int
    creator: int
    controller: int | None = None
    observers: tuple[int, ...] = ()
    accomplices: tuple[int, ...] = ()

    def all(self) -> tuple[int, ...]:
        """Everyone once, in the order responsible, creator, controller, accomplices, observers."""
        named = (self.responsible, self.creator, self.controller, *self.accomplices, *self.observers)
        return once(named)

    def workers(self) -> tuple[int, ...]:
        """Those who do the work: the responsible person and whoever helps him."""
        return once((self.responsible, *self.accomplices))

    def judge(self) -> int:
        """Who accepts the work: the controller, else the creator."""
        return self.creator if self.controller is None else self.controller


@dataclass(frozen=True, slots=True)
class Draft:
    """A task that was decided about and has no row yet."""

    title: str
    responsible: int
    creator: int
    description: str = ""
    controller: int | None = None
    observers: tuple[int, ...] = ()
    group: int | None = None
    deadline: datetime | None = None
    priority: str = NORMAL
    records: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    accomplices: tuple[int, ...] = ()
    parent: int | None = None
    begins_at: datetime | None = None
    needs_control: bool = False
    planned_minutes: int | None = None
    template: int | None = None


def standing(
    parties: Parties, *, person: int | None, colleague: bool = False, overseer: bool = False
) -> frozenset[str]:
    """What the person is to the task; the system (nobody) oversees everything."""
    if person is None:
        return SYSTEM
    held = {
        RESPONSIBLE: parties.responsible == person,
        CREATOR: parties.creator == person,
        CONTROLLER: parties.controller == person,
        OBSERVER: person in parties.observers,
        ACCOMPLICE: person in parties.accomplices,
        COLLEAGUE: colleague,
        OVERSEER: overseer,
    }
    return frozenset(name for name, holds in held.items() if holds)


def tidy_title(title: str) -> str:
    """The title as one line; refused when nothing is left or too much."""
    line = " ".join(title.split())
    if not line:
        raise UNTITLED(place="title")
    if len(line) > TITLE_LENGTH_MAX:
        raise TITLE_TOO_LONG(place="title", limit=TITLE_LENGTH_MAX)
    return line


def tidy_text(text: str, *, place: str = "description") -> str:
    """The text without white space around it; refused when it is too long."""
    kept = text.strip()
    if len(kept) > TEXT_LENGTH_MAX:
        raise TEXT_TOO_LONG(place=place, limit=TEXT_LENGTH_MAX)
    return kept


def tidy_priority(priority: str) -> str:
    if priority not in PRIORITIES:
        raise UNKNOWN_PRIORITY(place="priority", priority=priority)
    return priority


def tidy_plan(minutes: int | None) -> int | None:
    """The planned time in minutes; none is none."""
    if minutes is not None and not 0 < minutes <= PLANNED_MINUTES_MAX:
        raise WRONG_PLAN(place="planned_minutes")
    return minutes


def check_stretch(begins_at: datetime | None, deadline: datetime | None) -> None:
    if begins_at is not None and deadline is not None and begins_at >= deadline:
        raise BEGINS_LATE(place="begins_at")


def next_wake(
    *, status: str, begins_at: datetime | None, deadline: datetime | None, after: datetime
) -> datetime | None:
    """The next moment at which something is to be told about the task: its beginning, then its deadline."""
    if status not in ACTIVE:
        return None
    ahead = [moment for moment in (begins_at, deadline) if moment is not None and moment > after]
    return min(ahead, default=None)


def tidy_comment(text: str, *, files: Sequence[int]) -> str:
    kept = tidy_text(text, place="text")
    if not kept and not files:
        raise EMPTY_COMMENT(place="text")
    return kept


def may_change_comment(standing: frozenset[str], *, is_own: bool, leads: bool) -> bool:
    """Tell whether a comment may be changed, or with `leads` be taken away, by whoever is this to the task."""
    return is_own or standing == SYSTEM or (leads and bool(standing & MAY_CHANGE))


def tidy_item(text: str) -> str:
    line = " ".join(text.split())[:TITLE_LENGTH_MAX]
    if not line:
        raise EMPTY_ITEM(place="text")
    return line


def check_part(standing: frozenset[str]) -> None:
    """Whoever is anything to the task may see it, comment on it and attach files."""
    if not standing:
        raise NOT_YOURS()


def check_close(standing: frozenset[str], *, status: str) -> None:
    check_part(standing)
    if not standing & MAY_CLOSE:
        raise NOT_YOURS_TO_CLOSE()
    if status == DONE:
        raise CLOSED_ALREADY()
    if status == AWAITING and not standing & MAY_ACCEPT:
        raise HANDED_IN_ALREADY()


def outcome(standing: frozenset[str], *, needs_control: bool) -> str:
    """The status that completing leads to: who may accept the work need not hand it in first."""
    return AWAITING if needs_control and not standing & MAY_ACCEPT else DONE


def check_accept(standing: frozenset[str], *, status: str) -> None:
    check_part(standing)
    if not standing & MAY_ACCEPT:
        raise NOT_YOURS_TO_ACCEPT()
    if status != AWAITING:
        raise NOT_HANDED_IN()


def check_reopen(standing: frozenset[str], *, status: str) -> None:
    check_part(standing)
    if not standing & MAY_CLOSE:
        raise NOT_YOURS_TO_CLOSE()
    if status != DONE:
        raise NOT_CLOSED()


def check_start(standing: frozenset[str], *, status: str) -> None:
    check_part(standing)
    if not standing & MAY_WORK:
        raise NOT_YOURS_TO_CLOSE()
    if status not in STARTABLE:
        raise STARTED_ALREADY()


def check_resume(standing: frozenset[str], *, status: str) -> None:
    check_part(standing)
    if not standing & MAY_CLOSE:
        raise NOT_YOURS_TO_CLOSE()
    if status not in RESUMABLE:
        raise NOT_ACTIVE()


def check_defer(standing: frozenset[str], *, status: str) -> None:
    check_part(standing)
    if not standing & MAY_CLOSE:
        raise NOT_YOURS_TO_CLOSE()
    if status not in ACTIVE:
        raise NOT_ACTIVE()


def check_change(standing: frozenset[str]) -> None:
    check_part(standing)
    if not standing & MAY_CHANGE:
        raise NOT_YOURS_TO_CHANGE()


def check_work(standing: frozenset[str]) -> None:
    """The checklist is kept by those who do the work and those who gave it."""
    check_part(standing)
    if not standing & MAY_WORK:
        raise NOT_YOURS_TO_CHANGE()


def once(people: Iterable[int | None], *, but: Iterable[int | None] = ()) -> tuple[int, ...]:
    """Everyone once, in order, without some."""
    left_out = set(but)
    return tuple(dict.fromkeys(one for one in people if one is not None and one not in left_out))
