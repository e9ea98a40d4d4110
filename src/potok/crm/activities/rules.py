"""What activities are and what they refuse, from values alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from potok.kit.errors import refusal
from potok.kit.words import _

CALL, MEETING, LETTER, MESSAGE = "call", "meeting", "letter", "message"
KINDS = {CALL: _("Phone call"), MEETING: _("Meeting"), LETTER: _("Letter"), MESSAGE: _("Message")}
ICONS = {CALL: "phone", MEETING: "users-round", LETTER: "mail", MESSAGE: "message-square"}
INCOMING, OUTGOING = "incoming", "outgoing"
DIRECTIONS = {INCOMING: _("Incoming"), OUTGOING: _("Outgoing")}
# What a kind is called together with its direction.
DIRECTED = {
    (CALL, INCOMING): _("Incoming call"),
    (CALL, OUTGOING): _("Outgoing call"),
    (LETTER, INCOMING): _("Incoming letter"),
    (LETTER, OUTGOING): _("Outgoing letter"),
    (MESSAGE, INCOMING): _("Incoming message"),
    (MESSAGE, OUTGOING): _("Outgoing message"),
}
REMINDER_DAYS_MAX = 31
REMINDERS = {0: _("When it begins"), 15: _("15 minutes before"), 60: _("An hour before"), 1440: _("A day before")}
PLANNED, OVERDUE, DONE = "planned", "overdue", "done"

DONE_ALREADY = refusal("crm.activity.done_already", _("“{title}” is done already. Look at its result."))
NOT_DONE = refusal("crm.activity.not_done", _("“{title}” is not done yet. There is nothing to open again."))
ENDS_BEFORE = refusal("crm.activity.ends_before", _("It ends before it begins. Set a later end."))


NO_RESPONSIBLE = refusal("crm.activity.no_responsible", _("Say who is to do it."))
WRONG_REMINDER = refusal(
    "crm.activity.wrong_reminder",
    _("A reminder comes at the beginning or up to {most} days before it, in whole minutes."),
)


def check(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse times that cannot be."""
    check_times(before, after)
    check_reminder(after.get("remind_minutes"))


def check_reminder(minutes: Any) -> None:
    """Refuse a reminder behind the beginning, or very long before it."""
    if minutes is not None and (minutes != int(minutes) or not 0 <= minutes <= REMINDER_DAYS_MAX * 24 * 60):
        raise WRONG_REMINDER(place="remind_minutes", most=REMINDER_DAYS_MAX)


def check_times(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse an activity that ends before it begins."""
    begins, ends = after.get("starts_at"), after.get("ends_at")
    if begins and ends and ends < begins:
        raise ENDS_BEFORE(place="ends_at")


def state(*, starts_at: datetime | None, done_at: datetime | None, now: datetime) -> str:
    """Tell whether an activity is planned, overdue or done; without a time it is never late."""
    if done_at is not None:
        return DONE
    return OVERDUE if starts_at is not None and starts_at < now else PLANNED
