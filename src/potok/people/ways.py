"""Other ways in than our own passwords and passkeys: a part above says which there are.

A way is named in the log by `through(title)`, one that did not let somebody in by `refused(title)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from potok.kit.registry import Registry
from potok.people.models import Person

THROUGH, REFUSED = "through:", "refused:"


@dataclass(frozen=True)
class Door:
    """A button on the page of signing in, and where it leads."""

    title: str
    url: str


class Proved(NamedTuple):
    """Who proved himself, how the log names it, and whether no second factor is asked for."""

    person: Person
    how: str
    is_enough: bool


@dataclass(frozen=True)
class Ways:
    """What a part adds.

    `doors` are its buttons. `judge` tells whose login and password these are, None if it knows nobody by them; where
    it refuses, it names its title as `provider`. `takes_logins` tells whether a login may be no e-mail address.
    """

    doors: Callable[[], Sequence[Door]]
    judge: Callable[[str, str], Proved | None]
    takes_logins: Callable[[], bool]


ways: Registry[Ways] = Registry("other ways in")


def doors() -> list[Door]:
    """All buttons there are."""
    return [door for one in ways.all().values() for door in one.doors()]


def judged(login: str, *, password: str) -> Proved | None:
    """Whose login and password these are, according to others."""
    return next(filter(None, (one.judge(login, password) for one in ways.all().values())), None)


def takes_logins() -> bool:
    """Tell whether somebody else than us is asked about logins and passwords."""
    return any(one.takes_logins() for one in ways.all().values())


def has_any() -> bool:
    """Tell whether there is another way in at all."""
    return bool(doors()) or takes_logins()


def through(title: str) -> str:
    """How the log names who came in so."""
    return THROUGH + title


def refused(title: str) -> str:
    """How the log names who was not let in so."""
    return REFUSED + title


def is_other(how: str) -> bool:
    """Tell whether this is not a way of our own."""
    return how.startswith(THROUGH)
