"""Text with light formatting made safe to show: plain text with lines and links, or the few harmless tags of HTML."""

import nh3
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "a", "blockquote", "code", "pre", "h3", "h4"}
ATTRIBUTES = {"a": {"href", "title"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def shown(text: str) -> SafeString:
    """The text as safe HTML. What is not known to be harmless is dropped, never shown as it came."""
    body = text if nh3.is_html(text) else linebreaks(urlize(text, nofollow=True, autoescape=True))
    clean = nh3.clean(body, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow")
    return mark_safe(clean)  # noqa: S308 (cleaned in the line above)


def plain(text: str) -> str:
    """The text without formatting, for lists, notices and letters."""
    if not nh3.is_html(text):
        return text
    return nh3.clean(text.replace("<br", "\n<br").replace("</p>", "</p>\n"), tags=set()).strip()
