"""What parts above put into the feed: what may be requested, what happened, what stands beside."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from potok.kit.registry import Registry
from potok.ui.slots import Text, everybody, slot

REQUESTS, EVENTS = "requests", "events"


@dataclass(frozen=True)
class Told:
    """A pointer as the feed shows it: who (or an icon) did what, with what it was about, and html below it, if any."""

    lead: str
    text: str = ""
    url: str = ""
    by: Any = None
    body: str = ""


@dataclass(frozen=True)
class Happening:
    """A kind of thing that happened elsewhere and stands in the feed as a pointer.

    `reached(by)` answers the things that a person sees, as a QuerySet of their model; `tell(request, ids)` says them in
    the reader's language, and leaves out what is not worth a line. `group` is the filter under which it stands.
    """

    name: str
    icon: str
    reached: Callable[[int], QuerySet[Any, Any]]
    tell: Callable[[HttpRequest, Collection[int]], Mapping[int, Told]]
    group: str = EVENTS


@dataclass(frozen=True)
class Request:
    """A tile of «Begin a request»: where its form stands, and what it is for."""

    name: str
    title: str
    url: str
    icon: str = "file-text"
    note: str = ""
    drawer: bool = False


@dataclass(frozen=True)
class Requests:
    """Who offers requests: `offered(request)` lists those a person may begin, those that fit him best first; `url` is
    the page on which all of them stand."""

    name: str
    offered: Callable[[HttpRequest], list[Request]]
    url: str
    order: int = 100


@dataclass(frozen=True)
class Beside:
    """A section beside the feed: `draw(request)` answers its html, nothing when there is nothing to show."""

    name: str
    title: Text
    draw: Callable[[HttpRequest], str]
    order: int = 100
    visible: Callable[[HttpRequest], bool] = everybody


happenings: Registry[Happening] = Registry("happening")
requests = slot(Requests, "feed.requests", "What may be requested, above the feed.")
beside = slot(Beside, "feed.beside", "Sections beside the feed.")
