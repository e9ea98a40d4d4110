"""How values read: dates, durations, money, numbers, names, in the language and zone that are active now.

The forms are those of docs/design/design.md section 5. Everything answers plain text; nothing here touches html.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import get_currency_symbol
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext

NBSP = "\u00a0"
MONTHS_SHORT = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


def language() -> str:
    """Name the active language by its two letters; English when none is active."""
    return (get_language() or "en")[:2]


def now() -> datetime:
    """Read the clock of this process: for reading aloud only ("вчера"); what is decided by time asks the database."""
    return timezone.localtime()


def _here(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


# ── numbers and money ──


def number(value: int | float | Decimal | None) -> str:
    """1248 → «1 248», 0.5 → «0,5»."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else f"{Decimal(str(value)).normalize():,f}"
    return text.translate({ord(","): NBSP, ord("."): ","}) if language() == "ru" else text


def money(value: int | float | Decimal | None, currency: str = "RUB") -> str:
    """295000 → «295 000 ₽», kopecks only where there are some."""
    if value is None:
        return ""
    exact = Decimal(str(value)).quantize(Decimal("0.01"))
    text = f"{exact:,.2f}".removesuffix(".00")
    symbol = "₽" if currency == "RUB" else get_currency_symbol(currency, locale=language())
    if language() == "ru":
        return f"{text.translate({ord(','): NBSP, ord('.'): ','})}{NBSP}{symbol}"
    return f"{symbol}{text}" if exact >= 0 else f"−{symbol}{text.lstrip('-')}"


def numbered(value: int) -> str:
    """7 → «№ 7», “No. 7”: how a record is called that has no better name."""
    return f"{'№' if language() == 'ru' else 'No.'}{NBSP}{value}"


def percent(value: int | float | Decimal) -> str:
    return f"{number(value)}{NBSP if language() == 'ru' else ''}%"


def size(count_bytes: int) -> str:
    """1258291 → «1,2 МБ»."""
    amount = float(count_bytes)
    for unit in (gettext("B"), gettext("KB"), gettext("MB")):
        if amount < 1000:
            return f"{number(round(amount, 1) if amount % 1 else int(amount))}{NBSP}{unit}"
        amount /= 1024
    unit = gettext("GB")
    return f"{number(round(amount, 1))}{NBSP}{unit}"


# ── dates ──


def day(value: date, *, year: bool | None = None) -> str:
    """«24 ноября», with the year when it is not this one; `year` decides otherwise."""
    shown = value.year != now().year if year is None else year
    if language() == "ru":
        return format_date(value, "d MMMM y" if shown else "d MMMM", locale="ru").replace(" ", NBSP, 1)
    return format_date(value, "d MMMM y" if shown else "d MMMM", locale="en")


def day_short(value: date) -> str:
    """«20 ноя», «20 ноя 2025»: for tables."""
    month = MONTHS_SHORT[value.month - 1] if language() == "ru" else format_date(value, "MMM", locale="en")
    text = f"{value.day}{NBSP}{month}"
    return text if value.year == now().year else f"{text}{NBSP}{value.year}"


def _near(value: date) -> str:
    names = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    return names.get((value - now().date()).days, "")


def clock(moment: datetime) -> str:
    return f"{_here(moment):%H:%M}"


def moment(value: datetime) -> str:
    """«12:06» today, «вчера, 16:05», «13 ноября, 16:05», «13 ноября 2025»."""
    here = _here(value)
    days = (here.date() - now().date()).days
    if days == 0:
        return clock(here)
    if near := _near(here.date()):
        return f"{near}, {clock(here)}"
    if here.year == now().year:
        return f"{day(here.date())}, {clock(here)}"
    return day(here.date())


def moment_short(value: datetime) -> str:
    """«20 ноя, 11:00», «вчера, 16:00», «сегодня, 15:00»: for tables."""
    here = _here(value)
    return f"{_near(here.date()) or day_short(here.date())}, {clock(here)}"


def deadline(value: datetime) -> str:
    """A deadline in full: «24 ноября, 18:00»; «24 ноября» and «завтра» alone when the whole day is left for it."""
    here = _here(value)
    if not _ends_day(here):
        return moment(value)
    return _near(here.date()) or day(here.date())


def _ends_day(here: datetime) -> bool:
    # A deadline that was given as a date is kept as the last minute of its day.
    return (here.hour, here.minute) == (23, 59)


def until(value: datetime) -> str:
    """A deadline beside a title: «до 18:00», «завтра, 11:00», «пт, 20 ноя», and «на 4 ч» when it has passed."""
    here = _here(value)
    if here < now():
        return gettext("by %(lasts)s") % {"lasts": lasts_short(now() - here)}
    if here.date() == now().date():
        return _near(here.date()) if _ends_day(here) else gettext("until %(time)s") % {"time": clock(here)}
    if near := _near(here.date()):
        return near if _ends_day(here) else f"{near}, {clock(here)}"
    weekday = format_date(here.date(), "EEE", locale=language())
    return f"{weekday}, {day_short(here.date())}"


def is_late(value: datetime) -> bool:
    return value < now()


# ── durations ──


def lasts(value: timedelta) -> str:
    """«3 часа», «2 дня», «40 минут»: one unit, rounded down, never zero."""
    days, hours, minutes = _parts(value)
    if days:
        return (ngettext("%(n)s day", "%(n)s days", days) % {"n": days}).replace(" ", NBSP)
    if hours:
        return (ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}).replace(" ", NBSP)
    return (ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}).replace(" ", NBSP)


def lasts_short(value: timedelta) -> str:
    """«3 ч», «2 д», «40 мин»: for tight places."""
    days, hours, minutes = _parts(value)
    if days:
        count, unit = days, pgettext("short for days", "d")
    elif hours:
        count, unit = hours, pgettext("short for hours", "h")
    else:
        count, unit = minutes, pgettext("short for minutes", "min")
    return f"{count}{NBSP}{unit}"


def _parts(value: timedelta) -> tuple[int, int, int]:
    minutes = max(1, int(abs(value.total_seconds())) // 60)
    return minutes // 1440, minutes // 60, minutes


# ── quotation marks ──


def inside(text: str) -> str:
    """Fit a text between quotation marks: those that it has itself become the inner ones, „…“ or ‘…’."""
    outer, inner = ("«»", "„“") if language() == "ru" else ("“”", "‘’")
    return text.translate(str.maketrans(outer, inner))


def quoted(text: str) -> str:
    """Put a text between quotation marks: «Осмотр, БЦ „Гулливер“»."""
    opens, closes = "«»" if language() == "ru" else "“”"
    return f"{opens}{inside(text)}{closes}"


# ── people ──


def person_name(last: str, first: str, middle: str = "", *, form: str = "ours") -> str:
    """Put a name together.

    ours «Анна Соколова», contact «Соколова Анна», full «Соколова Анна Петровна», initials «Соколова А. П.».
    """
    forms = {
        "ours": (first, last),
        "contact": (last, first),
        "full": (last, first, middle),
        "initials": (last, *(f"{part[0]}." for part in (first, middle) if part)),
    }
    return " ".join(part for part in forms[form] if part)


def initials(name: str) -> str:
    """«Анна Соколова» → «АС»; a single word gives one letter."""
    words = [word for word in name.replace("«", " ").replace("»", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()


def colour(identity: object) -> int:
    """Choose one of the six avatar grounds, always the same for one identity."""
    text = str(identity)
    return (int(text) if text.isdecimal() else sum(text.encode())) % 6 + 1
