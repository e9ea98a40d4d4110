"""What the page frame needs around every screen: the rail with its counts, menus, theme, density, who I am."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.messages import get_messages
from django.http import HttpRequest

from potok.ui import slots
from potok.ui.slots import Count, Text

THEMES = ("system", "light", "dark")
DENSITIES = ("normal", "dense", "roomy")


@dataclass(frozen=True)
class RailLine:
    title: Text
    icon: str
    url: str
    count: Count | None
    current: bool
    key: str


@dataclass(frozen=True)
class RailGroup:
    title: Text
    lines: list[RailLine]


@dataclass(frozen=True)
class Note:
    """What stands above every page for as long as it holds, with the button that ends it."""

    text: str
    end_url: str
    end_title: str


class Shell:
    """Worked out when the frame asks, so that a fragment pays nothing for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def frame(self) -> str:
        """The frame that pages extend: a drawer when a drawer asks for the page, else the whole shell."""
        return "ui/frames/drawer.html" if self._frame.startswith("drawer") else "ui/frames/page.html"

    @property
    def asked(self) -> str:
        """The word with which a drawer asked; its frame repeats it, so that it knows the page for ours."""
        return self._frame.removeprefix("drawer").strip()

    @property
    def _frame(self) -> str:
        return self._request.headers.get("Potok-Frame", "")

    @property
    def theme(self) -> str:
        return self._choice("theme", THEMES)

    @property
    def density(self) -> str:
        return self._choice("density", DENSITIES)

    @property
    def folded(self) -> bool:
        return self._request.COOKIES.get("rail") == "mini"

    def _choice(self, name: str, known: tuple[str, ...]) -> str:
        asked = self._request.COOKIES.get(name, known[0])
        return asked if asked in known else known[0]

    @cached_property
    def _entries(self) -> list[slots.RailEntry]:
        return [entry for entry in slots.rail.all() if self._opens(entry.url) and entry.visible(self._request)]

    def _opens(self, url: str) -> bool:
        """A middleware may close pages to a person: `vars(request)["potok_opens"] = lambda path: …`."""
        opens: Callable[[str], bool] | None = getattr(self._request, "potok_opens", None)
        return opens is None or opens(slots.address(url))

    @property
    def searches(self) -> bool:
        """Whether there is anything to search in for this person."""
        return self._opens("/find")

    @cached_property
    def rail(self) -> list[RailGroup]:
        """The lines of the rail under their group titles, groups in the order of their first line."""
        groups: dict[str, RailGroup] = {}
        for entry in self._entries:
            group = groups.setdefault(str(entry.group), RailGroup(entry.group, []))
            group.lines.append(self._lines[entry.name])
        return list(groups.values())

    @cached_property
    def phone(self) -> list[RailLine]:
        """The three lines that the phone's bottom bar has room for, beside «Создать» and «Ещё»."""
        chosen = sorted((entry for entry in self._entries if entry.phone), key=lambda entry: entry.phone)
        return [self._lines[entry.name] for entry in chosen[:3]]

    @cached_property
    def _lines(self) -> dict[str, RailLine]:
        current = self._current
        return {entry.name: self._line(entry, current=entry.name == current) for entry in self._entries}

    def _line(self, entry: slots.RailEntry, *, current: bool) -> RailLine:
        counted = entry.count(self._request) if entry.count else None
        shown = counted if counted and counted[0] else None
        return RailLine(entry.title, entry.icon, slots.address(entry.url), shown, current, entry.key)

    @cached_property
    def _current(self) -> str:
        """The entry whose path begins the longest part of this one: /crm/deals/ for /crm/deals/12/."""
        path = self._request.path
        paths = {entry.name: slots.address(entry.url) for entry in self._entries}
        fitting = [name for name, start in paths.items() if path == start or (start != "/" and path.startswith(start))]
        return max(fitting, key=lambda name: len(paths[name]), default="")

    @cached_property
    def live(self) -> str:
        """The topics whose change means that a count of the rail may be old."""
        return " ".join(entry.live(self._request) for entry in self._entries if entry.live)

    @cached_property
    def live_at(self) -> str:
        """Where the live stream stood before anything of the page was read."""
        return str(getattr(self._request, "live_at", ""))

    @property
    def note(self) -> Note | None:
        """What a middleware wants to be said above the page: `vars(request)["potok_note"] = Note(…)`."""
        return getattr(self._request, "potok_note", None)

    @cached_property
    def watches(self) -> list[dict[str, str]]:
        """The unseen elements that wait for news."""
        seen = [watch for watch in slots.watches.all() if watch.visible(self._request)]
        asked = [(watch, watch.url(self._request)) for watch in seen]
        return [
            {"name": watch.name, "url": url, "topic": watch.topic(self._request)}
            for watch, url in asked
            if self._opens(url)
        ]

    @cached_property
    def create(self) -> list[slots.MenuEntry]:
        return [entry for entry in slots.menu(self._request, slots.create) if self._opens(entry.url)]

    @cached_property
    def me(self) -> list[slots.MenuEntry]:
        return [entry for entry in slots.menu(self._request, slots.me) if self._opens(entry.url)]

    @cached_property
    def toasts(self) -> list[dict[str, str]]:
        """Toasts that an earlier answer left for this page (see `potok.ui.answers.go`)."""
        return [{"text": str(message), "undo": message.extra_tags or ""} for message in get_messages(self._request)]


def context(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
