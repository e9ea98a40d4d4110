"""Decisions about what goes to whom while somebody is away, from values alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from potok.kit.errors import Forbidden, Overtaken, refusal
from potok.kit.words import _

NOTHING_PASSED = refusal(
    "absences.nothing_passed",
    _("This does not lie with somebody else for you any more. Look at the list again."),
    family=Overtaken,
)
NOBODY = refusal("absences.nobody", _("Nobody is named who is away. Name somebody in the definition."))
NO_DAY = refusal("absences.no_day", _("Say from which day to which you are away."))

AT_WORK, AT_PAUSE, ENDED = "at_work", "at_pause", "ended"
# One that was begun longer ago was forgotten.
DAY_LASTS_MAX = timedelta(hours=20)
NOTE_MAX = 1000
NOT_OF_HERE = refusal(
    "absences.workday.nobody",
    _("A working day belongs to somebody who works here. Sign in as that person."),
    family=Forbidden,
)
NOT_BEGUN = refusal(
    "absences.workday.not_begun", _("Your working day has not begun. Begin it first."), family=Overtaken
)
UNFINISHED = refusal(
    "absences.workday.unfinished",
    _("Your working day of {day} is not ended. Say first when it ended."),
    family=Overtaken,
)
WRONG_END = refusal(
    "absences.workday.wrong_end", _("The day ends after it begins, and not in the future. Correct the time.")
)
WRONG_PAUSE = refusal("absences.workday.wrong_pause", _("The pauses are longer than the day. Correct them."))
NO_NOTE = refusal("absences.workday.no_note", _("Say why you correct it: the person reads it beside his day."))
LONG_NOTE = refusal("absences.workday.long_note", _("The note is longer than {limit} characters. Make it shorter."))
NOT_A_HEAD = refusal(
    "absences.workday.not_a_head",
    _("Working days are corrected by the heads of the person. Ask one of them."),
    family=Forbidden,
)


def worked(begins_at: datetime, until: datetime, *, paused: timedelta) -> timedelta:
    """How long somebody has worked until a moment, never less than nothing."""
    return max(timedelta(), until - begins_at - paused)


def check_end(begins_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Refuse an end that lies before the beginning, or ahead."""
    if not begins_at <= ends_at <= now or ends_at - begins_at > timedelta(days=1):
        raise WRONG_END(place="ends_at")


def tidy_note(note: str, *, needed: bool) -> str:
    """The note as it is kept; refused when there has to be one, or it is too long."""
    kept = note.strip()
    if needed and not kept:
        raise NO_NOTE(place="note")
    if len(kept) > NOTE_MAX:
        raise LONG_NOTE(place="note", limit=NOTE_MAX)
    return kept


def first_of(candidates: Sequence[int], *, barred: Collection[int]) -> int | None:
    """Who gets a thing: the first who may; nobody, if none may."""
    return next((one for one in candidates if one not in barred), None)


def spread(
    wanted: Sequence[tuple[int, Collection[int]]], *, candidates: Mapping[int, Sequence[int]]
) -> list[int | None]:
    """Who gets each thing (its owner, who is barred from it)."""
    return [first_of(candidates.get(owner, ()), barred={owner, *barred}) for owner, barred in wanted]
