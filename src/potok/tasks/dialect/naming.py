"""Codes and spellings of tasks under Bitrix24's names: data and pure functions."""

from collections.abc import Mapping
from typing import Any

from potok.engine.values import RecordRef
from potok.kit.errors import refusal
from potok.kit.words import _
from potok.tasks import linking, rules

# tasks.task.*: 2 waits to be done, 3 in progress, 4 waits to be accepted, 5 completed, 6 put off.
STATUSES: Mapping[str, str] = {
    rules.NEW: "2",
    rules.IN_PROGRESS: "3",
    rules.AWAITING: "4",
    rules.DONE: "5",
    rules.DEFERRED: "6",
}
# task.dependence.*: which end of the one holds which end of the other.
LINK_TYPES: Mapping[str, str] = {
    linking.START_START: "0",
    linking.START_FINISH: "1",
    linking.FINISH_START: "2",
    linking.FINISH_FINISH: "3",
}
PRIORITIES: Mapping[str, str] = {rules.LOW: "0", rules.NORMAL: "1", rules.HIGH: "2"}
# The letters of UF_CRM_TASK: "D_7" is deal 7.
RECORD_LETTERS: Mapping[str, str] = {"D": "crm.deal", "C": "crm.contact", "CO": "crm.company", "L": "crm.lead"}

UNKNOWN_CODE = refusal("tasks.dialect.unknown_code", _("“{code}” is none of {known}. Correct it and repeat."))


def status_code(status: str) -> str:
    return STATUSES[status]


def status_of(code: str) -> str:
    return _ours(STATUSES, code)


def known_status(code: str) -> str:
    """A status of ours for a filter; a code that we do not have stays as it is, and is no task's status."""
    return {theirs: ours for ours, theirs in STATUSES.items()}.get(code, code)


def link_of(code: str) -> str:
    return _ours(LINK_TYPES, code)


def priority_code(priority: str) -> str:
    return PRIORITIES[priority]


def priority_of(code: str) -> str:
    return _ours(PRIORITIES, code)


def record_code(record: RecordRef) -> str:
    """Spell a reference as UF_CRM_TASK has it; a type that Bitrix24 does not know keeps its own name."""
    letters = {ours: theirs for theirs, ours in RECORD_LETTERS.items()}
    return f"{letters.get(record.type, record.type)}_{record.id}"


def record_of(code: str) -> RecordRef:
    """Read "D_7"; refused when the letter or the number is unknown."""
    letter, _, number = code.rpartition("_")
    kind = RECORD_LETTERS.get(letter.upper())
    if kind is None or not number.isdigit():
        raise UNKNOWN_CODE(place="UF_CRM_TASK", code=code, known=", ".join(f"{one}_…" for one in RECORD_LETTERS))
    return RecordRef(kind, int(number))


def camel(name: str) -> str:
    """Their upper-case name as answers have it: RESPONSIBLE_ID is responsibleId."""
    first, *rest = name.lower().split("_")
    return first + "".join(part.capitalize() for part in rest)


def _ours(codes: Mapping[str, str], code: Any) -> str:
    found = {theirs: ours for ours, theirs in codes.items()}.get(str(code))
    if found is None:
        raise UNKNOWN_CODE(code=code, known=", ".join(codes.values()))
    return found
