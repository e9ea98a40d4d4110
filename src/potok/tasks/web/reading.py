"""What was typed into the forms of tasks, as operations take it; all that cannot be read is refused together."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from potok.engine import values
from potok.kit.errors import Refusals, Refused
from potok.tasks import models, rules, spent

# «1:30», «1,5 ч», «90 мин», «45»: what stands alone is minutes.
CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
SPOKEN = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s*(?:ч|h)\w*\.?)?\s*(?:(\d+)\s*(?:м|m)\w*\.?)?")


def task(given: QueryDict) -> dict[str, Any]:
    """The fields of the form of a task."""
    return together(
        {
            "title": lambda: rules.tidy_title(given.get("title", "")),
            **{name: partial(reader, given) for name, reader in FIELDS.items()},
            "begins_at": lambda: moment(given, "begins_at"),
            "deadline": lambda: moment(given, "deadline"),
            "parent": lambda: number(given.get("parent", "")),
            "records": lambda: _records(given),
        }
    )


def together(readers: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Read all; what is wrong is refused together, each with its place."""
    read, wrong = {}, []
    for name, reader in readers.items():
        try:
            read[name] = reader()
        except Refused as refused:
            wrong.append(refused)
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Refusals(wrong)
    return read


def number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def numbers(given: QueryDict, name: str) -> list[int]:
    return [int(one) for one in given.getlist(name) if one.isdecimal()]


def duration(text: str) -> int:
    """Read how long something took, in seconds."""
    said = text.strip().lower()
    if said.isdecimal():
        return int(said) * 60
    if clocked := CLOCK.fullmatch(said):
        return int(clocked[1]) * 3600 + int(clocked[2]) * 60
    spoken = SPOKEN.fullmatch(said)
    if not said or spoken is None:
        raise spent.SENSELESS(place="time")
    hours, minutes = spoken[1] or "0", spoken[2] or "0"
    return round(float(hours.replace(",", ".")) * 3600) + int(minutes) * 60


def _person(given: QueryDict) -> int:
    found = number(given.get("responsible", ""))
    if found is None:
        raise rules.NO_RESPONSIBLE(place="responsible")
    return found


def _planned(given: QueryDict) -> int | None:
    text = given.get("planned", "").strip()
    try:
        return rules.tidy_plan(duration(text) // 60) if text else None
    except Refused:
        raise rules.WRONG_PLAN(place="planned") from None


def _records(given: QueryDict) -> list[values.RecordRef]:
    return [models.read(one) for one in given.getlist("records") if one.rpartition(":")[2].isdecimal()]


def moment(given: QueryDict, name: str) -> datetime | None:
    """A day and an hour on the clock of the person; without an hour the beginning or the end of the day."""
    day, hour = given.get(name, "").strip(), given.get(f"{name}_hour", "").strip()
    text = f"{day} {hour or ('00:00' if name == 'begins_at' and day else '')}".strip()
    try:
        read = values.deadline(text or None, zone=timezone.get_current_timezone())
    except values.WrongType:
        raise rules.WRONG_DEADLINE(place=name) from None
    return read if isinstance(read, datetime) else None


def shown(name: str, moment: datetime | None) -> dict[str, str]:
    """The day and the hour of a moment in a form; the first and the last minute of a day are the day alone."""
    if moment is None:
        return {f"{name}_day": "", f"{name}_hour": ""}
    here = timezone.localtime(moment)
    bare = here.time().replace(second=0, microsecond=0) in (values.END_OF_DAY, time())
    return {f"{name}_day": f"{here:%Y-%m-%d}", f"{name}_hour": "" if bare else f"{here:%H:%M}"}


# What tasks and templates have in common.
FIELDS: Mapping[str, Callable[[QueryDict], Any]] = {
    "description": lambda given: rules.tidy_text(given.get("description", "")),
    "responsible": _person,
    "accomplices": lambda given: numbers(given, "accomplices"),
    "observers": lambda given: numbers(given, "observers"),
    "controller": lambda given: number(given.get("controller", "")),
    "group": lambda given: number(given.get("group", "")),
    "priority": lambda given: rules.tidy_priority(given.get("priority", rules.NORMAL)),
    "needs_control": lambda given: given.get("needs_control") == "1",
    "planned_minutes": _planned,
}
