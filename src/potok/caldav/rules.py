"""What is refused to a device. Values in, values out."""

from potok.kit.errors import Forbidden, Missing, Overtaken, refusal
from potok.kit.words import _

TITLE_LENGTH_MAX = 100
DEVICES_MAX = 30
BODY_BYTES_MAX = 1_000_000

UNTITLED = refusal("caldav.device.untitled", _("The device has no name. Say in a word which one it is."))
TOO_LONG = refusal("caldav.device.too_long", _("The name of a device has at most {limit} characters. Make it shorter."))
TOO_MANY = refusal("caldav.device.too_many", _("At most {limit} devices are connected. Disconnect one first."))
NOT_YOURS = refusal(
    "caldav.device.missing", _("This device is not here any more, or is somebody else's."), family=Missing
)
NOBODY = refusal(
    "caldav.device.nobody", _("A device belongs to somebody who works here. Sign in as that person."), family=Forbidden
)
NO_COLLECTION = refusal(
    "caldav.device.no_collection", _("There is no such calendar for you. Choose one of the list."), family=Missing
)
UNREADABLE = refusal("caldav.unreadable", _("This is no calendar data that can be read: {reason}."))
UNSUPPORTED = refusal("caldav.unsupported", _("This cannot be kept here: {what}. Leave it out."), family=Forbidden)
UID_TAKEN = refusal("caldav.uid_taken", _("This event or task is here already, as {href}."), family=Overtaken)
READ_ONLY = refusal("caldav.read_only", _("You only read this calendar. Write into your own one."), family=Forbidden)


def tidy_title(title: str) -> str:
    """The name of a device as one line; refused when nothing is left or too much."""
    line = " ".join(title.split())
    if not line:
        raise UNTITLED(place="title")
    if len(line) > TITLE_LENGTH_MAX:
        raise TOO_LONG(place="title", limit=TITLE_LENGTH_MAX)
    return line
