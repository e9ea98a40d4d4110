"""Decisions about what goes to whom while somebody is away, from values alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from potok.kit.errors import Forbidden, Overtaken, refusal
from potok.kit.words import _

NOTHING_PASSED = refusal(
    "absences.nothing_passed",
    _("This does not lie with somebody else for you any more. Look at the list again."),
    family=Overtaken,
)
NOBODY = refusal("absences.nobody", _("Nobody is named who is away. Name somebody in the definition."))
NO_DAY = refusal("absences.no_day", _("Say from which day to which you are away."))

# The kinds that come with the product, under the names that definitions know.
USUAL = {
    "vacation": _("Vacation"),
    "sick": _("Sick leave"),
    "trip": _("Business trip"),
    "maternity": _("Parental leave"),
    "unpaid": _("Unpaid leave"),
    "study": _("Study leave"),
    "personal": _("Personal matter"),
    "other": _("Other absence"),
}
COLOURS = range(1, 9)
DAYS_MAX, TITLE_MAX = 366, 100
WRONG_CODE = refusal(
    "absences.kind.wrong_code", _("The code “{code}” is not one. Use Latin letters, digits and underscores.")
)
CODE_TAKEN = refusal("absences.kind.taken", _("There is a kind “{code}” already. Call this one otherwise."))
NO_TITLE = refusal("absences.kind.untitled", _("The kind has no name. Give it one of at most {limit} characters."))
WRONG_DAYS = refusal("absences.kind.wrong_days", _("A year has from 0 to {limit} days. Correct the number."))
KIND_STAYS = refusal(
    "absences.kind.stays", _("The last kind that is offered stays: people have to be able to ask."), family=Overtaken
)
NOT_COUNTED = refusal(
    "absences.kind.not_counted", _("Days of this kind are not counted. Say how many there are a year.")
)


def tidy_title(title: str) -> str:
    """The name of a kind as one line; refused when nothing is left or too much."""
    line = " ".join(title.split())
    if not 0 < len(line) <= TITLE_MAX:
        raise NO_TITLE(place="title", limit=TITLE_MAX)
    return line


def tidy_days(days: int | None) -> int | None:
    """So many days a year; refused when no year has as many."""
    if days is not None and not 0 <= days <= DAYS_MAX:
        raise WRONG_DAYS(place="days", limit=DAYS_MAX)
    return days


def days_counted(first: date, last: date, *, year: int, holidays: Collection[date]) -> int:
    """How many days of a year an absence takes: both ends included, weekends count, public holidays do not.

    Labour Code of Russia, article 120.
    """
    since, until = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    if since > until:
        return 0
    return (until - since).days + 1 - sum(since <= day <= until for day in holidays)


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
