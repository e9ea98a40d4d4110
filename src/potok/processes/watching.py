"""Whether a change is what a trigger watches for, and if it is not, why: values in, values out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from potok.engine import values
from potok.engine.graph import Header, On, Trigger
from potok.engine.values import Value


@dataclass(frozen=True, slots=True)
class Change:
    """What was announced of one record: the changed fields as they were and as they are."""

    record_type: str
    record_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    kind: On = On.CHANGED  # CREATED, CHANGED or DELETED
    cause_definition: str = ""


class Miss(StrEnum):
    """What keeps a change from being the one that a trigger watches for."""

    OTHER_EVENT = "other_event"  # the record was changed and not created, or the trigger is about no change at all
    UNTOUCHED = "untouched"  # the field kept its value
    OTHER_AFTER = "other_after"  # it got another value than the wanted one
    OTHER_BEFORE = "other_before"  # it had another value before


def matches(trigger: Trigger, change: Change) -> bool:
    """Tell whether the change is a reason to start. Judged on the announced values, never on the row as it stands."""
    return miss(trigger, change) is None


def miss(trigger: Trigger, change: Change) -> Miss | None:
    """Say what keeps the change from being a reason to start; None if it is one."""
    match trigger.on:
        case On.CREATED | On.DELETED:
            return None if change.kind is trigger.on else Miss.OTHER_EVENT
        case On.CHANGED if not trigger.field:
            return None if change.kind is On.CHANGED else Miss.OTHER_EVENT
        case On.CHANGED | On.LEFT:
            return _missed(trigger, change) if change.kind is On.CHANGED else Miss.OTHER_EVENT
        case On.BECAME:
            return _missed(trigger, change) if change.kind is not On.DELETED else Miss.OTHER_EVENT
        case _:
            return Miss.OTHER_EVENT


def is_own(header: Header, change: Change) -> bool:
    """Tell whether the change was made by an instance of this very definition, which must not start itself anew."""
    return change.cause_definition == header.definition and not header.starts_itself


class Stays(StrEnum):
    """What a change means for a value that has to stay."""

    BEGINS = "begins"
    ENDS = "ends"


def stays(trigger: Trigger, change: Change) -> Stays | None:
    """Say whether from this change on a value stays, or has not stayed; None if the change does not touch it."""
    if change.kind is On.DELETED:
        return Stays.ENDS
    if not _moved(trigger, change):
        return None
    now = change.after.get(trigger.field)
    wanted = not _is_blank(now) if trigger.now is None else _is(now, trigger.now)
    return Stays.BEGINS if wanted else Stays.ENDS


def key(trigger: Trigger) -> str:
    """Name a trigger of time so that it is known again in the next version of its definition. It is stored."""
    schedule = trigger.schedule
    said: list[Any] = [str(trigger.on), trigger.field, values.encode(trigger.now), trigger.when]
    said += [values.encode(trigger.lasts), trigger.working]
    if schedule is not None:
        said += [schedule.at, schedule.every, schedule.cron, schedule.once]
        said += [schedule.days, schedule.dates, schedule.working]
    return json.dumps(said, ensure_ascii=False)


def _missed(trigger: Trigger, change: Change) -> Miss | None:
    if not _moved(trigger, change):
        return Miss.UNTOUCHED
    if trigger.now is not None and not _is(change.after.get(trigger.field), trigger.now):
        return Miss.OTHER_AFTER
    if trigger.was is not None and not _is(change.before.get(trigger.field), trigger.was):
        return Miss.OTHER_BEFORE
    return None


def _moved(trigger: Trigger, change: Change) -> bool:
    return trigger.field in change.after and change.after[trigger.field] != change.before.get(trigger.field)


def _is(plain: Any, wanted: Value) -> bool:
    """Compare an announced value, which is encoded, with one that a definition names."""
    return plain == values.encode(wanted) or (plain is not None and str(plain) == str(wanted))


def _is_blank(plain: Any) -> bool:
    return values.is_empty(values.decode(plain))
