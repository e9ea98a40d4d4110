"""Places in the shell that the parts above fill from their start-up: rail, card tabs, menus.

An entry is a frozen value with a name of its own. Whoever draws a slot asks it for the entries that a person sees.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from potok.kit.registry import Registry

Text = str | Promise
Count = tuple[int, str]
"""A number and its tone: "mine" (petrol), "unread" (grey), "incident" (soft red)."""


def everybody(request: HttpRequest) -> bool:
    return True


class Entry(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def order(self) -> int: ...


E = TypeVar("E", bound=Entry)
slots: Registry["Slot[Any]"] = Registry("slot")


class Slot(Generic[E]):
    """A named place and what the parts have put there, in order; `title` says where on the screen it is."""

    def __init__(self, name: str, title: str = "") -> None:
        self.name, self.title = name, title
        self._entries: dict[str, E] = {}
        self._sources: list[Callable[[], Iterable[E]]] = []

    def add(self, entry: E) -> None:
        """Put an entry into the slot; a second entry of the same name is a mistake, the same entry again is not."""
        if self._entries.setdefault(entry.name, entry) != entry:
            raise ValueError(f"slot {self.name} already has an entry {entry.name}")

    def fed_by(self, source: Callable[[], Iterable[E]]) -> None:
        """Ask a function for further entries whenever the slot is drawn: what they are about comes and goes."""
        self._sources.append(source)

    def all(self) -> list[E]:
        """List the entries by their order, then by name."""
        further = [entry for source in self._sources for entry in source()]
        return _in_order([*self.declared(), *further])

    def declared(self) -> list[E]:
        """List those that the parts have put there, without those that come and go with what people design."""
        return _in_order(self._entries.values())


def _in_order(entries: Iterable[E]) -> list[E]:
    return sorted(entries, key=lambda entry: (entry.order, entry.name))


@dataclass(frozen=True)
class RailEntry:
    """A line of the rail. `url` is the name of a view or a path; `live` is the topic that changes the count; `key`
    leads there after G, as `event.code` names it."""

    name: str
    title: Text
    icon: str
    url: str
    group: Text = ""
    order: int = 100
    phone: int = 0
    key: str = ""
    count: Callable[[HttpRequest], Count] | None = field(default=None, compare=False)
    live: Callable[[HttpRequest], str] | None = field(default=None, compare=False)
    visible: Callable[[HttpRequest], bool] = field(default=everybody, compare=False)


@dataclass(frozen=True)
class MenuEntry:
    """A line of the menus «Создать» and of the person's own. With `drawer` it opens over the page."""

    name: str
    title: Text
    icon: str
    url: str
    order: int = 100
    key: str = ""
    drawer: bool = False
    post: bool = False
    visible: Callable[[HttpRequest], bool] = field(default=everybody, compare=False)


@dataclass(frozen=True)
class CardTab:
    """A tab of the card of any record whose type is in `types`, of every record when `types` is empty.

    `draw(request, record)` answers the body as html; `count(request, record)` the grey number beside the title.
    """

    name: str
    title: Text
    draw: Callable[[HttpRequest, Any], str] = field(compare=False)
    order: int = 100
    types: frozenset[str] = frozenset()
    count: Callable[[HttpRequest, Any], int | None] | None = field(default=None, compare=False)
    visible: Callable[[HttpRequest, Any], bool] = field(default=lambda request, record: True, compare=False)


@dataclass(frozen=True)
class Watch:
    """An unseen element of every page that fetches itself from `url` when its topic is told; the answer may carry a
    toast and is the element as it is now."""

    name: str
    url: Callable[[HttpRequest], str] = field(compare=False)
    topic: Callable[[HttpRequest], str] = field(compare=False)
    order: int = 100
    visible: Callable[[HttpRequest], bool] = field(default=everybody, compare=False)


def slot(of: type[E], name: str, title: str) -> Slot[E]:
    """Declare a slot that takes entries of this class."""
    made: Slot[E] = Slot(name, title)
    slots.add(name, made)
    return made


rail = slot(RailEntry, "ui.rail", "Lines of the rail on the left, with counters.")
create = slot(MenuEntry, "ui.create", "Lines of the menu «Create».")
me = slot(MenuEntry, "ui.me", "Lines of the person's own menu.")
card_tabs = slot(CardTab, "ui.card_tabs", "Tabs of the card of a record.")
card_tools = slot(CardTab, "ui.card_tools", "Buttons in the head of a card: `draw` answers one button or menu.")
settings_tools = slot(CardTab, "ui.settings_tools", "Buttons above the settings of a record type: `draw` answers one.")
card_tops = slot(CardTab, "ui.card_tops", "Above the feed of a card: what runs about the record.")
watches = slot(Watch, "ui.watches", "Unseen elements of every page that fetch themselves when a topic is told.")


def tabs_for(request: HttpRequest, type_name: str, record: Any) -> list[CardTab]:
    """List the tabs that this person sees on the card of a record of this type."""
    return [
        tab for tab in card_tabs.all() if (not tab.types or type_name in tab.types) and tab.visible(request, record)
    ]


def menu(request: HttpRequest, slot: Slot[MenuEntry]) -> list[MenuEntry]:
    """List the entries of a menu that this person sees."""
    return [entry for entry in slot.all() if entry.visible(request)]


def address(url: str) -> str:
    """Turn the `url` of an entry into a path: a path stays, the name of a view is resolved."""
    return url if url.startswith("/") else reverse(url)
