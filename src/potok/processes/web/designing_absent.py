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
    """A block that is not here. It and the one to take instead are named as in Bitrix24."""

    name: str
    title: str
    group: str
    reason: str
    successor: str = ""


ABSENT = (
    Absent(
        "SocNetMessageActivity",
        _("Message in the live feed"),
        "messages",
        _("There is no live feed here. A notice reaches the same people."),
        "IMNotifyActivity",
    ),
    Absent(
        "CrmSendSmsActivity",
        _("SMS message"),
        "messages",
        _("No SMS provider is connected here. A letter reaches the client, too."),
        "MailActivity",
    ),
    Absent("DiskAddFolderActivity", _("Folder on disk"), "records", _("Processes do not make folders on disk here.")),
)


def absent() -> list[dict[str, Any]]:
    """Describe what is not here as lines of the palette."""
    here = {block.known_as["bitrix24"]: block.name for block in blocks.all().values() if "bitrix24" in block.known_as}
    return [_drawn(one, here.get(one.successor, "")) for one in ABSENT if one.name not in here]


def _drawn(one: Absent, successor: str) -> dict[str, Any]:
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
        "successor": successor,
    }
