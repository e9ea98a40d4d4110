"""What an event of a calendar may be, and what is refused. Values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from potok.kit.errors import Forbidden, Missing, Overtaken, refusal
from potok.kit.words import _

TITLE_LENGTH_MAX = 400
TEXT_LENGTH_MAX = 60_000
REMIND_MINUTES_MAX = 60 * 24 * 366
USUAL_LENGTH, WHOLE_DAY = timedelta(hours=1), timedelta(days=1)
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)

# Whose the calendars of a type are: each person's own, a group's, the company's, or nobody's, as those of rooms.
PERSON, GROUP, COMPANY, NAMED = "person", "group", "company", "named"
WHOSE = {
    PERSON: _("Each person's own"),
    GROUP: _("One of a group"),
    COMPANY: _("Those of the company"),
    NAMED: _("Rooms, cars and the like"),
}
# The types that come with the product, under the names that processes of other products know.
TYPES = {"user": _("Calendars of people"), "group": _("Calendars of groups"), "company": _("Calendars of the company")}
COLOURS = range(1, 9)

ASKED, ACCEPTED, DECLINED = "asked", "accepted", "declined"
ANSWERS = (ASKED, ACCEPTED, DECLINED)
GUESTS_MAX = 1000

UNTITLED = refusal("calendar.event.untitled", _("The event has no title. Say in a few words what it is."))
TOO_LONG = refusal("calendar.event.too_long", _("The text is longer than {limit} characters. Make it shorter."))
NO_BEGINNING = refusal("calendar.event.no_beginning", _("The event has no day. Say when it begins."))
WRONG_TIME = refusal("calendar.event.wrong_time", _("This is no day or hour of ours. Write it as 24.11.2026 18:00."))
ENDS_BEFORE = refusal("calendar.event.ends_before", _("The event ends before it begins. Set a later end."))
UNKNOWN_KIND = refusal(
    "calendar.event.unknown_kind", _("There is no type of events “{kind}”. Choose one of the dictionary.")
)
UNKNOWN_ZONE = refusal("calendar.event.unknown_zone", _("There is no time zone “{zone}”. Choose one of the list."))
WRONG_REMINDER = refusal(
    "calendar.event.wrong_reminder", _("A reminder comes at most a year before the event. Choose a shorter time.")
)
UNKNOWN_REPEAT = refusal(
    "calendar.event.unknown_repeat", _("Events do not come again like “{repeats}”. Choose one of the list.")
)
UNTIL_BEFORE = refusal(
    "calendar.event.until_before", _("The event would end coming again before it begins. Choose a later day.")
)
NO_SUCH_TIME = refusal(
    "calendar.event.no_such_time", _("The event does not come on {day}. Look at the calendar again."), family=Overtaken
)
NOT_BY_ITS_RULE = refusal(
    "calendar.event.not_by_its_rule",
    _("By its rule the event does not come on {day}. Move this one only, or change how it comes again."),
)
TOO_MANY_GUESTS = refusal(
    "calendar.event.too_many_guests", _("At most {limit} people are invited to one event. Invite fewer.")
)
NOT_INVITED = refusal(
    "calendar.event.not_invited", _("You are not invited to this event, or not any more."), family=Forbidden
)
NOBODY = refusal("calendar.event.nobody", _("Nobody is named, or he is not at work any more. Choose somebody else."))
UNKNOWN_FIELD = refusal("calendar.event.unknown_field", _("An event has no field “{field}”."))
UNKNOWN_EVENT = refusal("calendar.event.missing", _("This event is not here any more, or not for you."), family=Missing)
UNKNOWN_TYPE = refusal(
    "calendar.type.unknown", _("There is no type of calendars “{type}”. Choose one of the settings: {known}.")
)
TYPE_TAKEN = refusal(
    "calendar.type.taken", _("There is a type of calendars “{type}” already. Call this one otherwise.")
)
TYPE_IN_USE = refusal(
    "calendar.type.in_use",
    _("There are calendars of this type: {calendars}. Remove them first."),
    family=Overtaken,
)
TYPE_STAYS = refusal("calendar.type.stays", _("This type comes with the product and stays. It may be renamed."))
UNKNOWN_WHOSE = refusal("calendar.type.unknown_whose", _("Say whose the calendars of this type are."))
WRONG_CODE = refusal(
    "calendar.type.wrong_code", _("The code “{code}” is not one. Use Latin letters, digits and underscores.")
)
UNKNOWN_CALENDAR = refusal(
    "calendar.calendar.missing", _("This calendar is not here any more, or not for you."), family=Missing
)
NO_OWNER = refusal(
    "calendar.calendar.no_owner",
    _("A calendar of this type has an owner. Say the number of the group or the calendar."),
)
NO_CALENDAR = refusal(
    "calendar.calendar.none",
    _("There is no calendar of this owner yet. Add it among the calendars, or choose another."),
)
UNNAMED = refusal("calendar.calendar.unnamed", _("The calendar has no name. Give it one."))
NOT_SHARED = refusal("calendar.calendar.not_shared", _("People have their own calendars already. Choose another type."))
NO_GROUP = refusal("calendar.calendar.no_group", _("Choose the group whose calendar it is."))
GROUP_HAS_ONE = refusal("calendar.calendar.group_has_one", _("This group has its calendar already."), family=Overtaken)
WRONG_COLOUR = refusal("calendar.calendar.wrong_colour", _("There is no such colour. Choose one of the eight."))
CALENDAR_IN_USE = refusal(
    "calendar.calendar.in_use",
    _("Events stand in this calendar, {events} of them. Remove or move them first."),
    family=Overtaken,
)
NOT_YOUR_CALENDAR = refusal(
    "calendar.calendar.not_yours",
    _("You do not write into this calendar. Ask whoever keeps the calendars of the company."),
    family=Forbidden,
)
NOT_YOURS = refusal(
    "calendar.event.not_yours",
    _("Events are written into one's own calendar and into those of people below. Ask the person, or the head."),
    family=Forbidden,
)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when. Of whole days both are midnights in the zone in which the event was written down."""

    begins_at: datetime
    ends_at: datetime


def span(begins_at: datetime, ends_at: datetime | None, *, whole_day: bool) -> Span:
    """The time of an event; without an end it lasts an hour, or the day."""
    if not EARLIEST <= begins_at < LATEST or (ends_at and ends_at >= LATEST):
        raise WRONG_TIME(place="begins_at")
    found = Span(begins_at, ends_at or begins_at + (WHOLE_DAY if whole_day else USUAL_LENGTH))
    if found.ends_at < begins_at:
        raise ENDS_BEFORE(place="ends_at")
    return found


def reminds_at(begins_at: datetime, minutes: int | None, *, now: datetime) -> datetime | None:
    """When a reminder is due; a moment that has passed already reminds of nothing."""
    if minutes is None:
        return None
    at = begins_at - timedelta(minutes=minutes)
    return at if at > now else None


def day_named(text: str) -> date:
    """The day that is written as 2026-11-24."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WRONG_TIME(place="on") from None


def tidy_title(title: str) -> str:
    """The title as one line; refused when nothing is left or too much."""
    line = " ".join(title.split())
    if not line:
        raise UNTITLED(place="title")
    return _within(line, TITLE_LENGTH_MAX, place="title")


def tidy_name(title: str) -> str:
    """The name of a calendar as one line; refused when nothing is left or too much."""
    line = " ".join(title.split())
    if not line:
        raise UNNAMED(place="title")
    return _within(line, TITLE_LENGTH_MAX, place="title")


def tidy_colour(colour: int) -> int:
    if colour not in COLOURS:
        raise WRONG_COLOUR(place="colour")
    return colour


def tidy_place(place: str) -> str:
    return _within(" ".join(place.split()), TITLE_LENGTH_MAX, place="place")


def tidy_text(text: str) -> str:
    return _within(text.strip(), TEXT_LENGTH_MAX, place="text")


def tidy_reminder(minutes: int | None) -> int | None:
    if minutes is not None and not 0 <= minutes <= REMIND_MINUTES_MAX:
        raise WRONG_REMINDER(place="remind_minutes")
    return minutes


def zone_named(name: str) -> ZoneInfo:
    """The time zone that is called so."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no zone, no name of one, a folder of zones
        raise UNKNOWN_ZONE(place="zone", zone=name) from None


def kind_named(named: str, kinds: Sequence[tuple[str, str]]) -> str:
    """The code of the type that is meant by its code or by its title; empty is none."""
    if not named.strip():
        return ""
    wanted = named.strip().casefold()
    for code, title in kinds:
        if wanted in (code.casefold(), title.casefold()):
            return code
    raise UNKNOWN_KIND(place="kind", kind=named)


def _within(text: str, limit: int, *, place: str) -> str:
    if len(text) > limit:
        raise TOO_LONG(place=place, limit=limit)
    return text
