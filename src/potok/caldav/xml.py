"""The XML of WebDAV: questions are read, answers are put together. It resolves nothing and reaches for nothing."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from potok.caldav import rules

Element = Any  # lxml has no types of its own
DAV, CAL, CS, APPLE = (
    "DAV:",
    "urn:ietf:params:xml:ns:caldav",
    "http://calendarserver.org/ns/",
    "http://apple.com/ns/ical/",
)
NAMES = {"D": DAV, "C": CAL, "CS": CS, "A": APPLE}
STATUSES = {200: "OK", 403: "Forbidden", 404: "Not Found"}


def d(name: str) -> str:
    return f"{{{DAV}}}{name}"


def c(name: str) -> str:
    return f"{{{CAL}}}{name}"


def read(body: bytes) -> Element | None:
    """The root of a question; None for an empty one."""
    if not body.strip():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as wrong:
        raise rules.UNREADABLE(reason=str(wrong)[:200]) from None
    if root.getroottree().docinfo.doctype:
        raise rules.UNREADABLE(reason="DOCTYPE")
    return root


def make(tag: str, *inner: Element | str, **attributes: str) -> Element:
    """An element with what is in it."""
    made = etree.Element(tag, attributes, nsmap=NAMES)
    for one in inner:
        if isinstance(one, str):
            made.text = _printable(one)
        else:
            made.append(one)
    return made


def href(path: str) -> Element:
    return make(d("href"), path)


def response(path: str, *, found: Iterable[Element] = (), missing: Iterable[str] = ()) -> Element:
    """What is said of one address: properties that it has, and names of those that it has not."""
    parts = [(200, list(found)), (404, [make(tag) for tag in missing])]
    stats = [_stat(status, inner) for status, inner in parts if inner]
    return make(d("response"), href(path), *(stats or [_stat(200, [])]))


def refused(path: str, tags: Iterable[str]) -> Element:
    """Properties that are not changed from outside."""
    return make(d("response"), href(path), _stat(403, [make(tag) for tag in tags]))


def gone(path: str) -> Element:
    """What is not there any more."""
    return make(d("response"), href(path), _status(404))


def many(responses: Iterable[Element], *more: Element) -> bytes:
    """The answer about many addresses."""
    return written(make(d("multistatus"), *responses, *more))


def error(condition: str, *inner: Element, sentence: str = "") -> bytes:
    """Why something was refused: the name that programs know, and a sentence for people."""
    said = [make(d("responsedescription"), sentence)] if sentence else []
    return written(make(d("error"), make(condition, *inner), *said))


def written(root: Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return made


def _stat(status: int, properties: Iterable[Element]) -> Element:
    return make(d("propstat"), make(d("prop"), *properties), _status(status))


def _status(status: int) -> Element:
    return make(d("status"), f"HTTP/1.1 {status} {STATUSES[status]}")


def _printable(text: str) -> str:
    """The text without what XML has no way to write."""
    return "".join(one for one in text if one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff"))
