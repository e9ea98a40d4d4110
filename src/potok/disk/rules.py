"""What is decided about files from values alone: names, sizes, types."""

import unicodedata
from collections.abc import Collection

from potok.kit.errors import Forbidden, Missing, refusal
from potok.kit.words import _

NAMELESS = refusal("disk.file.nameless", _("A file needs a name. Rename it and upload it again."))
EMPTY = refusal("disk.file.empty", _("“{name}” is empty. Check it and upload it again."))
TOO_LARGE = refusal(
    "disk.file.too_large", _("“{name}” is larger than {megabytes} MB. Make it smaller or ask an administrator.")
)
WRONG_TYPE = refusal(
    "disk.file.wrong_type", _("Files of the type {ending} are not taken: they may do harm. Send it in another form.")
)
HANGS_ELSEWHERE = refusal(
    "disk.file.hangs_elsewhere", _("“{name}” belongs to something else already. Upload it again.")
)
NOT_YOURS = refusal(
    "disk.file.not_yours", _("Only the one who uploaded “{name}” may do this. Ask him."), family=Forbidden
)
CLOSED = refusal("disk.file.closed", _("You may not attach files here. Ask who is responsible."), family=Forbidden)
LOST = refusal(
    "disk.file.lost",
    _("The content of “{name}” is missing from the storage. Ask an administrator to restore it from a backup."),
    family=Missing,
)
WRONG_LIMIT = refusal("disk.limits.wrong", _("The largest size is a whole number of megabytes from 1 to {most}."))

NAME_BYTES_MAX = 255
HEAD_BYTES = 8_192
MEGABYTES_MOST = 10_240
# What runs by itself when somebody opens it; an administrator may change the list.
HARMFUL = (
    ".apk", ".app", ".bat", ".cmd", ".com", ".cpl", ".dll", ".exe", ".gadget", ".hta", ".inf", ".jar", ".js", ".jse",
    ".lnk", ".msi", ".msp", ".pif", ".ps1", ".reg", ".scf", ".scr", ".sct", ".vb", ".vbe", ".vbs", ".ws", ".wsf",
    ".wsh",
)  # fmt: skip
# What a browser may show in place: it cannot carry a script, whatever its name says.
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
UNKNOWN = "application/octet-stream"


def clean_name(name: str) -> str:
    """Give a file's name a form that is one name and nothing else, in every system; or refuse it as nameless.

    Folders are cut off, characters that turn the reading direction or cannot be seen are left out: `‮fdp.exe` would
    read as a document.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] != "C")
    kept = kept.strip(". ")
    if not kept:
        raise NAMELESS(place="file")
    return _shortened(kept)


def ending(name: str) -> str:
    """The ending of a name in small letters, with its dot; nothing if there is none."""
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def check_name(name: str, *, refused: Collection[str]) -> None:
    """Refuse a file whose ending is not taken."""
    if ending(name) in refused:
        raise WRONG_TYPE(place="file", ending=ending(name))


def check_content(*, is_program: bool, refused: Collection[str]) -> None:
    """Refuse a program under another name."""
    if is_program and ".exe" in refused:
        raise WRONG_TYPE(place="file", ending=".exe")


def check_size(name: str, *, size: int, most: int) -> None:
    """Refuse an empty file and one that is too large."""
    if size == 0:
        raise EMPTY(place="file", name=name)
    if size > most:
        raise TOO_LARGE(place="file", name=name, megabytes=most // 1024 // 1024)


def _shortened(name: str) -> str:
    tail = ending(name)
    tail = tail if len(tail.encode()) <= 16 else ""
    room = NAME_BYTES_MAX - len(tail.encode())
    stem = name[: len(name) - len(tail)] if tail else name
    return stem.encode()[:room].decode(errors="ignore") + tail
