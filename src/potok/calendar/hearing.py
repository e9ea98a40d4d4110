"""Live updates of calendars keep the rights: of a calendar, which has the number of its person, hears who sees it."""

from collections.abc import Set

from potok.calendar.access import MANAGE, SEE
from potok.kit import live
from potok.people import public as company


def register() -> None:
    """Answer for the topic of calendars."""
    live.hearings.add("calendar", _heard)


def _heard(by: int, ids: Set[int]) -> Set[int]:
    others = ids - {by}
    reach = [company.visible(by, permission=one) for one in (SEE, MANAGE)] if others else []
    return (ids & {by}) | {person for person in others if any(one.covers((person,)) for one in reach)}
