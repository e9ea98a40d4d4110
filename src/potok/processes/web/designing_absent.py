"""What people look for in a palette and this installation cannot do: greyed, with the reason and what to take instead.

A line goes by itself once a block of its name is there.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from potok.kit.words import _
from potok.processes.block import blocks
from potok.processes.web.designing_palette import GROUPS

BARRED = '<circle cx="12" cy="12" r="9"/><path d="m5.6 5.6 12.8 12.8"/>'


@dataclass(frozen=True)
class Absent:
    """A block that is not here. `successor` names the one to take instead."""

    name: str
    title: str
    group: str
    reason: str
    successor: str = ""


ABSENT = (
    Absent(
        "old_calendar_event",
        _("Calendar event (old calendar)"),
        "tasks",
        _("The old calendar is gone: there is one calendar for everything."),
        "calendar_event",
    ),
    Absent(
        "absence_add",
        _("Entry in the absence chart"),
        "tasks",
        _("No absence chart is kept here. An event in the person's calendar shows that he is away."),
        "calendar_event",
    ),
    Absent(
        "feed_post",
        _("Message in the live feed"),
        "messages",
        _("There is no live feed here. A notice reaches the same people."),
        "notify_person",
    ),
    Absent(
        "sms_send",
        _("SMS message"),
        "messages",
        _("No SMS provider is connected here. A letter reaches the client, too."),
        "mail_send",
    ),
    Absent("folder_add", _("Folder on disk"), "records", _("Processes do not make folders on disk here.")),
)


def absent() -> list[dict[str, Any]]:
    """Describe what is not here as lines of the palette."""
    return [_drawn(one) for one in ABSENT if one.name not in blocks]


def _drawn(one: Absent) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": gettext(one.title),
        "group": one.group,
        "group_title": gettext(GROUPS[one.group]),
        "summary": "",
        "help": "",
        "picture": BARRED,
        "tone": "",
        "waits": False,
        "params": [],
        "results": {},
        "cannot": gettext(one.reason),
        "successor": one.successor if one.successor in blocks else "",
    }
