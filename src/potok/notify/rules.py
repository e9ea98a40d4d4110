"""What is decided about notices and waiting rows from values alone."""

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
