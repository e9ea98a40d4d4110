"""What is decided about notices and waiting rows from values alone."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from potok.kit.errors import Forbidden, Missing, refusal
from potok.kit.words import _

EMPTY = refusal("notify.notice.empty", _("A notice needs a text. Write one."))
UNTITLED = refusal("notify.waiting.untitled", _("What waits for a person needs a title."))
KEYLESS = refusal("notify.waiting.keyless", _("What waits for a person needs a key by which it is closed."))
FOREIGN_ADDRESS = refusal(
    "notify.foreign_address", _("“{url}” leads out of here. Give a path that begins with one slash.")
)
NOBODY = refusal("notify.nobody", _("There is no person {person}. Pick somebody from the list."))
WRONG_MOMENT = refusal(
    "notify.waiting.wrong_moment", _("Put it off until a moment that lies ahead, at most a year. Choose another one.")
)
NOTHING_WAITS = refusal(
    "notify.waiting.missing", _("This does not wait for you any more. Look at the inbox anew."), family=Missing
)
NOT_YOURS = refusal("notify.notice.not_yours", _("This notice was sent to somebody else."), family=Forbidden)

WRONG_XMPP = refusal("notify.wrong_xmpp", _("“{address}” is not an XMPP address. Write it like anna@firm.example."))
XMPP_TAKEN = refusal("notify.xmpp_taken", _("“{address}” belongs to somebody else here. Write your own."))
WRONG_CHOICE = refusal("notify.wrong_choice", _("This cannot be chosen: {name}. Choose something of the list."))
WRONG_HOURS = refusal("notify.wrong_hours", _("Give both the beginning and the end of the quiet hours, or neither."))
NO_PLACE = refusal("notify.no_place", _("This notice leads nowhere, so nothing can be muted."))
NOT_YOUR_OWN = refusal("notify.not_your_own", _("These settings belong to somebody else."), family=Forbidden)
WRONG_DEVICE = refusal("notify.wrong_device", _("The browser gave no address for notices. Try another one."))
DEVICES_MANY = refusal("notify.devices_many", _("You have {most} browsers already. Remove one that you do not use."))
CHANNEL_UNKNOWN = refusal("notify.channel_unknown", _("There is no channel {name}."), family=Missing)
CHANNEL_UNSET = refusal("notify.channel_unset", _("Fill in the server, the name of the component and the secret."))
WRONG_PORT = refusal("notify.wrong_port", _("A port is a number from 1 to 65535. Correct it."))

DEVICES_MAX = 20
_XMPP = re.compile(r"[^@/\s\"&'<>:]{1,256}@[^@/\s\"&'<>:]{1,256}")
_BASE64 = re.compile(r"[A-Za-z0-9_-]{16,200}=*")


def xmpp_address(text: str) -> str:
    """Put an XMPP address into the form in which addresses are compared, or refuse it; nothing stays nothing."""
    address = text.strip().lower()
    if address and not _XMPP.fullmatch(address):
        raise WRONG_XMPP(place="xmpp", address=text.strip())
    return address


def check_choices(choices: Mapping[str, Mapping[str, Any]], *, subjects: set[str], mail: tuple[str, ...]) -> None:
    """Refuse what is no choice: an unknown subject or channel, or a value that it does not have."""
    for subject, chosen in choices.items():
        good = subject in subjects and set(chosen) <= {"xmpp", "push", "mail"} and chosen.get("mail", mail[0]) in mail
        if not good or not all(isinstance(chosen.get(one, True), bool) for one in ("xmpp", "push")):
            raise WRONG_CHOICE(place="choices", name=subject)


def check_device(*, endpoint: str, public: str, shared: str) -> None:
    """Refuse what is no subscription of a browser."""
    parts = urlsplit(endpoint)
    if parts.scheme != "https" or not parts.hostname or parts.username or len(endpoint) > 2_000:
        raise WRONG_DEVICE(place="endpoint")
    if not (_BASE64.fullmatch(public) and _BASE64.fullmatch(shared)):
        raise WRONG_DEVICE(place="keys")


def check_server(*, host: str, domain: str, port: int, has_secret: bool) -> None:
    """Refuse to switch on a channel that does not know where to go."""
    if not (host and domain and has_secret):
        raise CHANNEL_UNSET(place="host" if not host else "domain" if not domain else "secret")
    if not 1 <= port <= 65_535:
        raise WRONG_PORT(place="port")


def check_url(url: str) -> None:
    """Refuse an address outside the product: a notice is trusted, and so is its link."""
    if url and (not url.startswith("/") or url.startswith(("//", "/\\"))):
        raise FOREIGN_ADDRESS(place="url", url=url)


def check_text(text: str) -> None:
    """Refuse a notice that says nothing."""
    if not text.strip():
        raise EMPTY(place="text")


def check_waiting(*, key: str, title: str, url: str) -> None:
    """Refuse a row that could not be read, followed or closed."""
    if not title.strip():
        raise UNTITLED(place="title")
    if not key:
        raise KEYLESS(place="key")
    check_url(url)
