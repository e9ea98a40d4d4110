"""What is decided about letters from values alone: whom they go to, in whose name, under which identity."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr

from potok.kit.errors import Forbidden, refusal
from potok.kit.words import _

NOBODY = refusal("mail.letter.nobody", _("The letter has no address. Give at least one."))
WRONG_ADDRESS = refusal("mail.letter.wrong_address", _("“{address}” is not an e-mail address. Correct it."))
UNTITLED = refusal("mail.letter.untitled", _("The letter has no subject. Give one."))
EMPTY = refusal("mail.letter.empty", _("The letter is empty. Write something."))
BROKEN_LINE = refusal("mail.letter.broken_line", _("The subject must be one line without control characters."))
FOREIGN_NAME = refusal("mail.letter.foreign_name", _("You may write only in your own name."), family=Forbidden)
SENT_ALREADY = refusal("mail.letter.sent_already", _("This letter has been sent or is on its way."))
NO_SERVER = refusal(
    "mail.letter.no_server", _("No mail server is connected. Set POTOK_MAIL_URL and start the product again.")
)

TOO_HEAVY = refusal(
    "mail.letter.too_heavy",
    _("The files of the letter are larger than {limit} MB together. Send fewer of them, or a link."),
)

ADDRESSES_MAX = 100
FILES_MAX = 20
FILES_MEGABYTES_MAX = 18  # most servers take 25, and on their way files grow by a third


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address and the name before it."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Heading:
    """Whom a letter names as its author, and where an answer goes; `reply_to` is empty where that is the author."""

    author: Mailbox
    reply_to: str


def headed(*, person: Mailbox | None, house: Mailbox, reply_to: str = "") -> Heading:
    """Decide in whose name a letter goes out.

    Other servers believe an address only to the servers of its own domain (SPF, DMARC). So a person writes from his
    own address if it is of the house's domain; else under his name from the house's address, and answers go to him.
    """
    if person is None:
        return Heading(house, reply_to)
    if person.domain == house.domain:
        return Heading(person, reply_to if reply_to != person.address else "")
    return Heading(Mailbox(person.name, house.address), reply_to or person.address)


def addresses(given: str | Iterable[str]) -> list[str]:
    """Read addresses out of a list, or out of a text with commas or semicolons between them, each once."""
    texts = given.replace(";", ",").split(",") if isinstance(given, str) else list(given)
    return list(dict.fromkeys(_bare(text) for text in texts if text.strip()))


def check_line(text: str, *, place: str) -> None:
    """Refuse a header that would break into two: what follows a line break is another header."""
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in text):
        raise BROKEN_LINE(place=place)


def check_letter(*, to: list[str], subject: str, text: str, html: str) -> None:
    """Refuse a letter without an address, a subject or a body."""
    if not to:
        raise NOBODY(place="to")
    if not subject.strip():
        raise UNTITLED(place="subject")
    if not text.strip() and not html.strip():
        raise EMPTY(place="text")
    check_line(subject, place="subject")


def key_of(key: str, *, to: Iterable[str], subject: str, body: str) -> str:
    """Name a letter by the ask and by what it says: asked for again it is the same letter, another one is another."""
    said = "\0".join([*to, subject, body])
    return f"mail:{key}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def message_id(key: str, *, domain: str) -> str:
    """Make the Message-ID of a letter out of its key: the same at every attempt."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def _bare(text: str) -> str:
    if any(unicodedata.category(char) == "Cc" for char in text):
        raise WRONG_ADDRESS(place="to", address=text.strip())
    address = parseaddr(text)[1].strip()
    return address or text.strip()


def check_files(sizes: Iterable[int]) -> None:
    """Refuse more, or larger, files than the other side would take."""
    found = list(sizes)
    if len(found) > FILES_MAX or sum(found) > FILES_MEGABYTES_MAX * 1024 * 1024:
        raise TOO_HEAVY(place="files", limit=FILES_MEGABYTES_MAX)
