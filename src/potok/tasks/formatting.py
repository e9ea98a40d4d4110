"""Text with light formatting made safe to show: plain text with lines and links, or the few harmless tags of HTML."""

from itertools import groupby

import nh3
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "a", "blockquote", "code", "pre", "h3", "h4"}
ATTRIBUTES = {"a": {"href", "title"}}
SCHEMES = {"http", "https", "mailto", "tel"}


QUOTED = "> "
QUOTE_LINES_MAX = 12


def shown(text: str) -> SafeString:
    """The text as safe HTML. What is not known to be harmless is dropped, never shown as it came."""
    body = text if nh3.is_html(text) else _paragraphs(text)
    clean = nh3.clean(body, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow")
    return mark_safe(clean)  # noqa: S308 (cleaned in the line above)


def quote(text: str, *, author: str) -> str:
    """A text as it begins an answer to it: each line behind a sign, below the name of who said it."""
    lines = [line for line in plain(text).splitlines() if line.strip() and not line.startswith(QUOTED)]
    said = "\n".join(f"{QUOTED}{line}" for line in lines[:QUOTE_LINES_MAX])
    return f"{QUOTED}{author}:\n{said}\n\n" if said else ""


def _paragraphs(text: str) -> str:
    """Plain text as HTML; lines that quote stand together in one quotation."""
    pieces = []
    for quoted, lines in groupby(text.splitlines(), key=lambda line: line.startswith(QUOTED)):
        words = "\n".join(line.removeprefix(QUOTED) if quoted else line for line in lines)
        body = linebreaks(urlize(words, nofollow=True, autoescape=True)) if words.strip() else ""
        pieces.append(f"<blockquote>{body}</blockquote>" if quoted else body)
    return "".join(pieces)


def plain(text: str) -> str:
    """The text without formatting, for lists, notices and letters."""
    if not nh3.is_html(text):
        return text
    return nh3.clean(text.replace("<br", "\n<br").replace("</p>", "</p>\n"), tags=set()).strip()
