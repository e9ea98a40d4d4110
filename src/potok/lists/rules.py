"""What designing record types refuses, in words; decisions from values alone."""

from potok.kit.errors import refusal
from potok.kit.words import _

UNTITLED = refusal("lists.type.untitled", _("Say what one of them is called, and what many of them are."))
TAKEN = refusal("lists.type.taken", _("“{title}” is there already. Choose another name."))
WRONG_CODE = refusal(
    "lists.type.wrong_code", _("The code has small Latin letters, digits and _, and begins with a letter.")
)
UNKNOWN_ICON = refusal("lists.type.unknown_icon", _("There is no sign “{icon}”. Choose one of those shown."))
NOT_ARCHIVED = refusal("lists.type.not_archived", _("Archive “{title}” first; then it can be removed for good."))
HOLDS_RECORDS = refusal(
    "lists.type.holds_records",
    _("There are records in “{title}”: {count}. Write all of them into a file first, or move them away."),
)

CODE_LENGTH_MAX = 40
ICONS = (
    "list", "inbox", "send", "mail", "file-text", "file-signature", "receipt", "banknote", "briefcase", "package",
    "wrench", "key", "stamp", "calendar", "clock", "users-round", "map-pin", "phone", "book-open", "folder", "tag",
    "flag", "star", "layers",
)  # fmt: skip


def code_of(title: str, *, spelled: str) -> str:
    """The code of a type: its name in Latin letters, no longer than an address should be."""
    return spelled[:CODE_LENGTH_MAX].strip("_") or title.casefold()


def path_of(code: str) -> str:
    """The address under which the pages of a type lie, behind the words that all such addresses begin with."""
    return code.replace("_", "-")
