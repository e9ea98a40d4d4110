"""Live updates of calendars keep the rights: of a calendar, which has the number of its person, hears who sees it."""

from collections.abc import Set

from potok.calendar.access import MANAGE, SEE, seen
from potok.kit import live
from potok.people import public as company


def register() -> None:
    """Answer for the topic of calendars."""
    live.hearings.add("calendar", _heard)
    live.hearings.add("calendar.shared", _heard_of_shared)


def _heard(by: int, ids: Set[int]) -> Set[int]:
    others = ids - {by}
    reach = [company.visible(by, permission=one) for one in (SEE, MANAGE)] if others else []
    return (ids & {by}) | {person for person in others if any(one.covers((person,)) for one in reach)}


def _heard_of_shared(by: int, ids: Set[int]) -> Set[int]:
    return set(seen(by).filter(pk__in=ids).values_list("pk", flat=True))
