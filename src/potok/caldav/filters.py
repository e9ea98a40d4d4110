"""Which things a question asks for (RFC 4791, 9.7): by their kind, their time, the text of their properties."""

from datetime import UTC, datetime, timedelta
from typing import Any

from potok.caldav import rules
from potok.caldav.thing import Thing
from potok.caldav.xml import Element, c

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)
SPAN_MAX = timedelta(days=1100)
FOLDED = ("i;ascii-casemap", "i;unicode-casemap", "")


def fits(thing: Thing, asked: Element | None) -> bool:
    """Tell whether a thing is asked for."""
    outer = None if asked is None else asked.find(c("comp-filter"))
    if outer is None:
        return True
    if outer.get("name", "").upper() != "VCALENDAR":
        raise rules.UNSUPPORTED(what=outer.get("name", ""))
    return all(_component(thing, thing.written, inner) for inner in outer.findall(c("comp-filter")))


def _component(thing: Thing, whole: Any, asked: Element) -> bool:
    named = [one for one in whole.subcomponents if one.name == asked.get("name", "").upper()]
    if asked.find(c("is-not-defined")) is not None:
        return not named
    span = asked.find(c("time-range"))
    if span is not None and whole is thing.written and not thing.meets(*_span(span)):
        return False
    return any(_fits_inside(thing, one, asked) for one in named)


def _fits_inside(thing: Thing, part: Any, asked: Element) -> bool:
    inner = all(_component(thing, part, each) for each in asked.findall(c("comp-filter")))
    return inner and all(_property(part, each) for each in asked.findall(c("prop-filter")))


def _property(part: Any, asked: Element) -> bool:
    values = part.get(asked.get("name", "").upper())
    if asked.find(c("is-not-defined")) is not None:
        return values is None
    if values is None:
        return False
    match = asked.find(c("text-match"))
    return match is None or _says(values, match)


def _says(values: Any, match: Element) -> bool:
    wanted = match.text or ""
    each = [_text(one) for one in (values if isinstance(values, list) else [values])]
    if match.get("collation", "") in FOLDED:
        wanted, each = wanted.casefold(), [one.casefold() for one in each]
    is_said, negated = any(wanted in one for one in each), match.get("negate-condition") == "yes"
    return is_said is not negated


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str) else str(value.to_ical().decode())


def span(asked: Element | None) -> tuple[datetime, datetime]:
    """The stretch of time that is asked about, at most a few years of it; refused without one."""
    if asked is None or not asked.get("start") or not asked.get("end"):
        raise rules.UNREADABLE(reason="time-range")
    first, last = _span(asked)
    if not first < last <= first + SPAN_MAX:
        raise rules.UNREADABLE(reason="time-range")
    return first, last


def _span(asked: Element) -> tuple[datetime, datetime]:
    return _moment(asked.get("start"), EARLIEST), _moment(asked.get("end"), LATEST)


def _moment(text: str | None, usual: datetime) -> datetime:
    if text is None:
        return usual
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise rules.UNREADABLE(reason=text[:40]) from None
