"""What is refused to a device. Values in, values out."""

from datetime import timedelta
from urllib.parse import urlsplit

from potok.kit.errors import Forbidden, Missing, Overtaken, refusal
from potok.kit.words import _

TITLE_LENGTH_MAX = 100
DEVICES_MAX = 30
BODY_BYTES_MAX = 1_000_000
ADDRESS_MAX = 2000

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

SUBSCRIPTIONS_MAX = 20
WRONG_ADDRESS = refusal(
    "caldav.subscription.wrong_address",
    _("This is no address of a calendar. It begins with https:// or webcal:// and names a site."),
)
SUBSCRIBED = refusal(
    "caldav.subscription.twice", _("You have subscribed to this address already, as “{title}”."), family=Overtaken
)
TOO_MANY_SUBSCRIPTIONS = refusal(
    "caldav.subscription.too_many", _("At most {limit} calendars are subscribed to. Remove one first.")
)
NO_SUBSCRIPTION = refusal(
    "caldav.subscription.missing", _("This subscription is not here any more, or is somebody else's."), family=Missing
)

# What is told where a subscribed calendar is shown.
ANSWERED = _("{host} answers with {status}. Ask whoever publishes the calendar for its address.")
SILENT = _("{host} cannot be reached: {said}")
INSIDE = _("{host} stands in the network of this server. Calendars are fetched from outside of it only.")
REDIRECTS = _("{host} leads from one address to another without an end.")
TOO_BIG = _("{host} sends more than {limit} MB. Subscribe to a smaller calendar.")
TOO_SLOW = _("{host} has not sent the calendar within {limit} seconds.")


def tidy_address(address: str) -> str:
    """The address as it is fetched; refused when it is none that can be."""
    line = address.strip()
    scheme, found, rest = line.partition("://")
    if scheme.lower() in ("webcal", "webcals"):
        line = f"https://{rest}"
    try:
        parts = urlsplit(line)
        parts.port  # noqa: B018 (says whether it is a number)
    except ValueError:
        raise WRONG_ADDRESS(place="address") from None
    if not found or parts.scheme.lower() not in ("http", "https") or not parts.hostname or len(line) > ADDRESS_MAX:
        raise WRONG_ADDRESS(place="address")
    if parts.username or parts.password:
        raise WRONG_ADDRESS(place="address")
    return line


def rests(failures: int) -> timedelta:
    """How long until it is read again: an hour, and longer the more often it failed, a day at most."""
    return timedelta(hours=min(2 ** min(failures, 5), 24))


def tidy_title(title: str) -> str:
    """The name of a device as one line; refused when nothing is left or too much."""
    line = " ".join(title.split())
    if not line:
        raise UNTITLED(place="title")
    if len(line) > TITLE_LENGTH_MAX:
        raise TOO_LONG(place="title", limit=TITLE_LENGTH_MAX)
    return line
