"""What can be found: each part says for its kind of things what is written about them, who may see them, how they look.

    sources.add("task", Source(title=_("Tasks"), icon="square-check", read=…, after=…, seen=…, draw=…))
    indexing.keep({"task": [7, 8]})      # in the transaction that changes them

Records need nothing: every record type is a kind of its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from potok.kit.registry import Registry


@dataclass(frozen=True, slots=True)
class Page:
    """What is written about one thing: `texts` beside its title, `numbers` that are found by a piece.

    What has no name of its own, a message, is shown by its text and stands behind things that are called so.
    """

    id: int
    title: str
    owner: int | None = None
    texts: Sequence[str] = ()
    numbers: Sequence[str] = ()
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """How a thing that was found stands in a list; with `drawer` it opens over the page."""

    url: str
    note: str = ""
    icon: str = ""
    drawer: bool = False


Sieve = Callable[[int | None, Collection[int]], Collection[int]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of things. `read` answers pages of those of the ids that are there; `all` is everything there is, for
    the index to be built from; `seen` leaves the ids that a person may see, None is the system; `draw` shows them."""

    title: str | Promise
    icon: str
    read: Callable[[Collection[int]], Iterable[Page]]
    all: Callable[[], "QuerySet[Any]"]
    seen: Sieve
    draw: Callable[[Collection[int]], Mapping[int, Shown]]


sources: Registry[Source] = Registry("source of the search")
