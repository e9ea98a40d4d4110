"""What is decided about people from values alone: names, extents, who may be trusted with what."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise

from potok.kit.errors import Forbidden, Overtaken, refusal
from potok.kit.words import _


class Extent(IntEnum):
    """How far a permission reaches; the wider includes the narrower."""

    OWN = 1
    DEPARTMENT = 2
    SUBTREE = 3
    ALL = 4


NAMELESS = refusal("people.person.nameless", _("A person needs a name or a surname. Fill one of them in."))
WRONG_EMAIL = refusal("people.person.wrong_email", _("“{email}” is not an e-mail address. Correct it."))
EMAIL_TAKEN = refusal("people.person.email_taken", _("{email} already belongs to somebody. Give another address."))
WRONG_ZONE = refusal("people.person.wrong_zone", _("There is no time zone “{zone}”. Pick one from the list."))
WRONG_PHONE = refusal("people.person.wrong_phone", _("“{given}” is not a phone number. Correct it."))
WRONG_CHOICE = refusal("people.person.wrong_choice", _("“{given}” is not one of: {choices}. Pick one of them."))
WRONG_IMAGE = refusal(
    "people.person.wrong_image", _("This is not a picture that can be read. Take a JPEG or PNG file.")
)
LARGE_IMAGE = refusal("people.person.large_image", _("The picture is too large. Take one of at most {megabytes} MB."))
LAST_ADMINISTRATOR = refusal(
    "people.person.last_administrator",
    _("This is the only administrator. Make somebody else an administrator first."),
)
NEEDS_ADMINISTRATOR = refusal(
    "people.needs_administrator",
    _("Only an administrator may do this. Ask one."),
    family=Forbidden,
)
ONLY_LOOKS = refusal(
    "people.only_looks",
    _("You see the product as {who} does and change nothing so. Stop it first."),
    family=Forbidden,
)
NOBODY_TO_SEE_AS = refusal(
    "people.nobody_to_see_as", _("{who} cannot come in, and there is nothing to see. Choose somebody who works here.")
)
NOT_YOURS = refusal(
    "people.not_yours", _("This belongs to somebody else. You may change only your own."), family=Forbidden
)
WEAK_PASSWORD = refusal("people.password.weak", _("The password is too weak. {reasons}"))
WRONG_PASSWORD = refusal("people.password.wrong", _("The present password is another one. Type it again."))
STALE_LINK = refusal(
    "people.invitation.stale", _("This link was used or is too old. Ask an administrator for a new one.")
)
IS_IN_ALREADY = refusal(
    "people.invitation.needless", _("{who} has a password already, or has left. There is nobody to invite.")
)
NOT_INVITED = refusal("people.invitation.none", _("{who} has no open invitation."), family=Overtaken)
NO_MAIL = refusal("people.invitation.no_mail", _("No mail server is connected. Make a link and hand it over yourself."))
OUTSIDE = refusal(
    "people.outside",
    _("You see here what you were invited to, and nothing else. Your inbox shows all of it."),
    family=Forbidden,
)
WRONG_SIGN_IN = refusal("people.sign_in.wrong", _("E-mail or password is wrong. Check both and try again."))
ONLY_THROUGH_OTHERS = refusal(
    "people.sign_in.only_through_others",
    _("Your company lets people in through its provider only. Take its button on the page of signing in."),
)
NO_OTHER_WAY = refusal(
    "people.sign_in.no_other_way", _("There is no other way in that is switched on. Add one and try it first.")
)
WRONG_CODE_GIVEN = refusal(
    "people.code.wrong", _("The code is wrong or was used already. Take the one that the app shows now.")
)
WRONG_PASSKEY = refusal("people.passkey.wrong", _("The passkey did not prove itself. Try again, or sign in otherwise."))
HAS_APP = refusal("people.authenticator.there", _("An app shows your codes already. Remove it first."))
NO_APP = refusal("people.authenticator.none", _("No app waits for its first code. Begin anew."), family=Overtaken)
SIGN_IN_ANEW = refusal("people.sign_in.anew", _("That took too long. Sign in anew."), family=Overtaken)
TOO_MANY_ATTEMPTS = refusal(
    "people.sign_in.too_many", _("Too many attempts. Wait {minutes} min and try again."), family=Forbidden
)
WRONG_HOURS = refusal(
    "people.hours.wrong",
    _("“{given}” are no working hours. Write them as 9:00–13:00, 14:00–18:00; leave a day off empty."),
)
HOURS_OVERLAP = refusal("people.hours.overlap", _("The hours “{given}” overlap. Let each begin after the one before."))
WRONG_COUNTRY = refusal("people.hours.wrong_country", _("There are no holidays of “{given}”. Pick a country."))
WRONG_WEEK = refusal("people.hours.wrong_week", _("A week has seven days. Give the hours of each, Monday first."))
NO_DAY = refusal("people.hours.no_day", _("Choose a day."))
ABSENCE_ENDS_EARLY = refusal(
    "people.absence.ends_early", _("The absence ends before it begins. Change one of the dates.")
)
WRONG_ABSENCE = refusal("people.absence.wrong_kind", _("“{given}” is no kind of absence. Pick one: {choices}."))
LONG_ABSENCE = refusal("people.absence.too_long", _("An absence lasts at most {years} years. Change one of the dates."))
ABSENCE_DECIDED = refusal(
    "people.absence.decided", _("This absence is decided about already. Look at it again."), family=Overtaken
)
NOT_TO_DECIDE = refusal(
    "people.absence.not_to_decide",
    _("The person's heads decide about absences, and nobody about his own. Ask one of them."),
    family=Forbidden,
)
NOT_AWAY = refusal("people.absence.not_away", _("This absence does not go on now."), family=Overtaken)
WRONG_DEPUTY = refusal(
    "people.deputy.wrong", _("Only somebody else who works here can stand in. Choose another person.")
)
WRONG_HEIR = refusal(
    "people.leaving.wrong_heir", _("Choose who gets it: somebody else who works here and stays. Choose another person.")
)
UNTITLED_DEPARTMENT = refusal("people.department.untitled", _("A department needs a name."))
DEPARTMENT_IN_ITSELF = refusal(
    "people.department.in_itself", _("A department cannot stand under itself. Pick another one above it.")
)
DEPARTMENT_NOT_EMPTY = refusal(
    "people.department.not_empty", _("There are people or departments in “{name}”. Move them first.")
)
UNTITLED_GROUP = refusal("people.group.untitled", _("A group needs a name."))
GROUP_TAKEN = refusal("people.group.taken", _("There is a group “{name}” already. Give another name."))
UNTITLED_ROLE = refusal("people.role.untitled", _("A role needs a name."))
ROLE_TAKEN = refusal("people.role.taken", _("There is a role “{name}” already. Give another name."))
UNKNOWN_PERMISSION = refusal("people.role.unknown_permission", _("There is no permission “{permission}”."))
ONE_HOLDER = refusal("people.role.one_holder", _("Name one holder: a person, a department or a group."))
WRONG_CODE = refusal("people.wrong_code", _("“{code}” names nobody. Pick persons, departments, groups or roles."))

_PHONE = re.compile(r"\+?[\d\s().-]{2,30}(?:\s*(?:доб\.?|ext\.?|#|,)\s*\d{1,8})?")
PHONE_DIGITS_MIN = 3
LANGUAGES = ("ru", "en")
THEMES = ("system", "light", "dark")
DENSITIES = ("dense", "normal", "roomy")


def folded(text: str) -> str:
    """Fold for comparing and sorting: no difference between capitals and small letters, none between ё and е."""
    return " ".join(text.casefold().replace("ё", "е").split())


def sort_key(*, name: str, surname: str) -> str:
    """Sort people by surname, then by name."""
    return folded(f"{surname} {name}")


def check_names(*, name: str, surname: str) -> None:
    """Refuse a person who could not be called anything."""
    if not name.strip() and not surname.strip():
        raise NAMELESS(place="name")


def is_phone(text: str) -> bool:
    """Tell whether a text can be dialled: digits with signs between them, three at least; an extension may follow."""
    return bool(_PHONE.fullmatch(text)) and sum(letter.isdigit() for letter in text) >= PHONE_DIGITS_MIN


def check_choice(place: str, *, given: str, choices: tuple[str, ...]) -> None:
    """Refuse a value that is not among the choices of this place."""
    if given not in choices:
        raise WRONG_CHOICE(place=place, given=given, choices=", ".join(choices))


def check_trust(permissions: Iterable[str], *, by_administrator: bool) -> None:
    """Refuse to let anybody but an administrator hand out power over people: it would grow by itself."""
    if not by_administrator and any(name.startswith("people.") for name in permissions):
        raise NEEDS_ADMINISTRATOR()


ABSENCES = ("vacation", "sick", "trip", "maternity", "unpaid", "study", "personal", "other")
ABSENCE_YEARS_MAX = 7
ASKED, APPROVED, DECLINED = "asked", "approved", "declined"
STATUSES = (ASKED, APPROVED, DECLINED)
_SHIFT = re.compile(r"\s*([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*[-–—]\s*([01]?\d|2[0-4])(?:[:.]([0-5]\d))?\s*")
MINUTES_OF_DAY = 24 * 60
DAYS_OF_WEEK = 7


def shifts(text: str, *, place: str = "hours") -> tuple[tuple[int, int], ...]:
    """Read working hours as people write them, 9:00–13:00, 14–18: pairs of minutes after midnight.

    Hours that end no later than they begin end on the next day. Refuses what is none, and what overlaps.
    """
    found = [_shift(part, text, place) for part in text.split(",")] if text.strip() else []
    check_shifts(found, place=place)
    return tuple(found)


def _shift(part: str, text: str, place: str) -> tuple[int, int]:
    read = _SHIFT.fullmatch(part)
    if read is None:
        raise WRONG_HOURS(place=place, given=text)
    begin, end = (int(read[hour]) * 60 + int(read[hour + 1] or 0) for hour in (1, 3))
    if begin >= MINUTES_OF_DAY or end > MINUTES_OF_DAY:
        raise WRONG_HOURS(place=place, given=text)
    return begin, end if end > begin else end + MINUTES_OF_DAY


def check_shifts(given: Sequence[tuple[int, int]], *, place: str = "hours") -> None:
    """Refuse shifts that are no part of a day, end before they begin, or overlap."""
    for begin, end in given:
        if not 0 <= begin < MINUTES_OF_DAY or not begin < end <= begin + MINUTES_OF_DAY:
            raise WRONG_HOURS(place=place, given=shown_shifts(given))
    for (_begin, end), (begin, _end) in pairwise(given):
        if begin < end:
            raise HOURS_OVERLAP(place=place, given=shown_shifts(given))


def shown_shifts(given: Iterable[tuple[int, int]]) -> str:
    """Write working hours as people read them."""
    return ", ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in given)


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour if hour <= 24 else hour - 24}:{minute:02}"


def is_under(path: str, *, top: str) -> bool:
    """Tell whether a department's path lies at or below another's."""
    return path.startswith(top)
