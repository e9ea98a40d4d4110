"""`{% load ui %}`: what is drawn so often that a component for it would be dear: icons, glyphs, faces."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from potok.ui import shapes, slots, words

register = template.Library()

STATES = ("person", "run", "done", "timer", "wait", "incident", "todo", "skip")
SIZES = {"": "", "small": " s", "large": " l", "middle": " m"}


# Asked for hundreds of times a page, and the same for the life of the process; so are icons.
@cache
def _sprite() -> str:
    return static("ui/icons.svg")


@register.simple_tag
@lru_cache(maxsize=1_000)
def icon(name: str, size: str = "") -> SafeString:
    """Draw a lucide icon from the sprite; sizes small, middle (none), large."""
    return format_html('<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', SIZES[size], _sprite(), name)


@register.simple_tag
def glyph(state: str, size: str = "") -> SafeString:
    """Draw the glyph of a process state in its colour; see `STATES`."""
    return format_html(
        '<svg class="g c-{}{}" aria-hidden="true"><use href="{}#g-{}"/></svg>', state, SIZES[size], _sprite(), state
    )


@register.simple_tag
def mark() -> SafeString:
    """Draw the mark of the product."""
    return format_html('<svg class="g" aria-hidden="true"><use href="{}#g-flow"/></svg>', _sprite())


@register.simple_tag
def avatar(of: Any, size: str = "", away: bool = False) -> SafeString:
    """Draw a face: `of` is anything whose text is the name; `pk` chooses the ground, `photo_url` the picture."""
    name = str(of)
    kind = f"av{SIZES[size]} av{words.colour(getattr(of, 'pk', name))}{' away' if away else ''}"
    photo = getattr(of, "photo_url", "")
    if photo:
        return format_html('<img class="{}" src="{}" alt="" title="{}">', kind, photo, name)
    letters = words.initials(name)
    return format_html('<span class="{}" title="{}" aria-hidden="true">{}</span>', kind, name, letters)


@register.simple_tag
def menu_entry(entry: slots.MenuEntry) -> SafeString:
    """Draw a line of a menu of the shell that leads somewhere; see `cotton/menu/item.html`."""
    key = format_html('<span class="kbd">{}</span>', key_name(entry.key)) if entry.key else ""
    return format_html(
        '<a class="mi" role="menuitem" href="{}"{}>{}{}{}</a>',
        slots.address(entry.url),
        SafeString(" data-drawer" if entry.drawer else ""),
        icon(entry.icon),
        entry.title,
        key,
    )


@register.simple_tag
def rail_line(line: Any) -> SafeString:
    """Draw a `RailLine` with its count and the keys that lead there."""
    key = format_html(' data-key="KeyG {}" data-key-title="{}"', line.key, line.title) if line.key else ""
    count = ""
    if line.count:
        count = format_html('<span class="count{}">{}</span>', tone(line.count[1]), at_most_99(line.count[0]))
    current = SafeString(' aria-current="page"' if line.current else "")
    return format_html(
        '<a href="{}" title="{}"{}{}>{}<span>{}</span>{}</a>',
        *(line.url, line.title, current, key, icon(line.icon), line.title, count),
    )


@register.filter
def address(url: str) -> str:
    return slots.address(url)


@register.filter
def spread(attrs: Any) -> SafeString:
    """Print the attributes that a component does not know, escaped; printing `attrs` itself would not escape them."""
    given = attrs.attrs_dict().items()
    alone = format_html_join(" ", "{}", ((name,) for name, value in given if value is True))
    valued = format_html_join(" ", '{}="{}"', ((name, value) for name, value in given if value is not True))
    return format_html("{} {}", alone, valued)


KINDS = {"primary": " pri", "quiet": " ghost", "danger": " ghost danger", "irreversible": " danger fill"}
BUTTON_SIZES = {"small": " sm", "large": " lg"}


@register.filter
def button_kind(kind: str) -> str:
    return KINDS.get(kind, "")


@register.filter
def button_size(size: str) -> str:
    return BUTTON_SIZES.get(size, "")


@register.filter(is_safe=True)
def strip(text: Any) -> Any:
    """Drop the line breaks that a component's tags leave around what stands in them."""
    return type(text)(text.strip()) if isinstance(text, str) else text


@register.filter
def marked(text: str, part: str) -> SafeString:
    """Mark the first place where the part stands in the text, whatever its case."""
    start = text.casefold().find(part.casefold()) if part else -1
    if start < 0:
        return format_html("{}", text)
    end = start + len(part)
    return format_html("{}<mark>{}</mark>{}", text[:start], text[start:end], text[end:])


@register.filter
def same(one: Any, other: Any) -> bool:
    """Compare as a form does: by text."""
    return str(one) == str(other)


@register.filter
def key_name(code: str) -> str:
    """«KeyN» → «N»: what is printed on the key."""
    return code.removeprefix("Key").removeprefix("Digit")


@register.filter
def first_ones(many: Sequence[Any], count: str) -> Sequence[Any]:
    return many[: int(count)]


@register.filter
def beyond(many: Sequence[Any], count: str) -> int:
    return max(0, len(many) - int(count))


@register.filter
def folded(steps: Sequence[shapes.Step]) -> list[shapes.Step]:
    return shapes.folded(steps)


@register.filter
def widths(rows: str) -> list[str]:
    """Bars of a skeleton: not all of one length, always the same ones."""
    return [f"w{row % 3 + 1}" for row in range(int(rows))]


@register.filter
def tone(name: str) -> str:
    """Class of a counter badge by its tone."""
    return {"mine": " hot", "incident": " bad", "unread": " told"}.get(name, "")


@register.filter
def at_most_99(count: int | str) -> str:
    return "99+" if int(count) > 99 else str(count)


@register.simple_tag
def state_word(state: str) -> str:
    """Say a process state in one word, for glyphs that stand without text."""
    words_by_state = {
        "person": gettext("Waits for a person"),
        "run": gettext("Running"),
        "done": gettext("Done"),
        "timer": gettext("Timer"),
        "wait": gettext("Waits for an event"),
        "incident": gettext("Incident"),
        "todo": gettext("Ahead"),
        "skip": gettext("Skipped"),
    }
    return words_by_state[state]
