"""Filters in words: the chips above a list, and what the editor calls its tests."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from potok.engine.values import Value
from potok.kit.errors import Refused
from potok.records import conditions, noted, periods
from potok.records.fields import Date, Field, Moment, Unreadable
from potok.records.record_types import RecordType
from potok.records.screens import names, wording
from potok.records.screens.asked import ME, Filter
from potok.records.screens.names import Names

Term = Mapping[str, Any]
PICKED = ("choice", "person", "link", "tags")
TESTS = {
    "in": pgettext_lazy("test", "is one of"),
    "not_in": pgettext_lazy("test", "is none of"),
    "contains": pgettext_lazy("test", "contains"),
    "not_contains": pgettext_lazy("test", "does not contain"),
    "within": pgettext_lazy("test", "is within"),
    "not_within": pgettext_lazy("test", "is not within"),
    "between": pgettext_lazy("test", "is between"),
    "equal": pgettext_lazy("test", "equals"),
    "not_equal": pgettext_lazy("test", "does not equal"),
    "at_least": pgettext_lazy("test", "is at least"),
    "at_most": pgettext_lazy("test", "is at most"),
    "greater": pgettext_lazy("test", "is greater than"),
    "less": pgettext_lazy("test", "is less than"),
    "empty": pgettext_lazy("test", "is empty"),
    "filled": pgettext_lazy("test", "is filled in"),
}
PHRASES = {
    "in": _("%(value)s"),
    "not_in": _("not %(value)s"),
    "contains": _("contains “%(value)s”"),
    "not_contains": _("does not contain “%(value)s”"),
    "equal": _("%(value)s"),
    "not_equal": _("not %(value)s"),
    "at_least": _("from %(value)s"),
    "at_most": _("to %(value)s"),
    "greater": _("more than %(value)s"),
    "less": _("less than %(value)s"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
}
VALUELESS = ("empty", "filled")


@dataclass(frozen=True)
class Chip:
    """One condition, or several of which one is enough."""

    field: str
    value: str
    remove_url: str


def tests(field: Field) -> list[tuple[str, Any]]:
    """What can be asked of a field; of things that are picked from a list, one of them is as good as several."""
    single = ("equal", "not_equal") if field.widget in PICKED else ("in", "not_in")
    known = {*field.operators, *(conditions.WITHIN if isinstance(field, Date | Moment) and not field.multiple else ())}
    return [(name, title) for name, title in TESTS.items() if name in known and name not in single]


def terms(given: Filter) -> list[Term]:
    """The conditions of a filter that must all hold."""
    if not given:
        return []
    return list(given["all"]) if isinstance(given.get("all"), list) else [given]


def joined(given: Filter, term: Term) -> Filter:
    """A filter with one more condition."""
    return {"all": [*terms(given), *terms(term)]}


def leaves(given: Any) -> Iterator[Term]:
    """Every single condition, however deep."""
    if not isinstance(given, Mapping):
        return
    if "field" in given:
        yield given
    for word in ("all", "any"):
        for one in given.get(word, ()):
            yield from leaves(one)


def items(of: RecordType, term: Term) -> list[Value]:
    """What a condition compares with, as values; what cannot be read is left out."""
    field = noted.fields(of).get(str(term.get("field")))
    value = term.get("value")
    read: list[Value] = []
    for raw in value if isinstance(value, list) else [value]:
        try:
            if field is not None and raw not in (None, "", ME):
                read.append(field.item(raw))
        except (Unreadable, Refused, TypeError, ValueError):
            continue
    return read


def names_in(of: RecordType, given: Filter, *, by: int | None) -> Names:
    """Names of the people and records that a filter speaks of."""
    return names.of_values((value for term in leaves(given) for value in items(of, term)), by=by)


def chips(of: RecordType, given: Filter, known: Names, *, url: Callable[[Filter], str]) -> list[Chip]:
    """Say a filter; `url` is the address of the same screen under another one."""
    all_terms = terms(given)
    return [Chip(*_said(of, term, known), url(_without(all_terms, place))) for place, term in enumerate(all_terms)]


def _without(all_terms: Sequence[Term], place: int) -> Filter:
    rest = [*all_terms[:place], *all_terms[place + 1 :]]
    return {"all": rest} if rest else {}


def _said(of: RecordType, term: Term, known: Names) -> tuple[str, str]:
    if "field" in term:
        return _title(of, term), phrase(of, term, known)
    parts = list(leaves(term))
    if not parts:
        return gettext("Condition"), ""
    # Which condition a group inside a group begins with says little about the whole.
    first = _title(of, parts[0]) if "field" in _parts(term)[0] else gettext("Condition")
    return first, _joined(of, term, known, named=first)


def _parts(term: Term) -> list[Term]:
    return [part for word in ("all", "any") for part in term.get(word, ())]


def _joined(of: RecordType, term: Term, known: Names, *, named: str = "") -> str:
    """A group in words; a field that was named just before is not named again."""
    said = []
    for one in _parts(term):
        title = _title(of, one) if "field" in one else ""
        if not title:
            said.append(f"({_joined(of, one, known)})")
        else:
            said.append(phrase(of, one, known) if title == named else f"{title} {phrase(of, one, known)}")
        named = title
    return (gettext(" or ") if "any" in term else ", ").join(said)


def _title(of: RecordType, term: Term) -> str:
    field = noted.fields(of).get(str(term.get("field")))
    return str(field.title) if field else str(term.get("field"))


def phrase(of: RecordType, term: Term, known: Names) -> str:
    """One condition without its field: «от 50 000 ₽»."""
    field = noted.fields(of).get(str(term.get("field")))
    operator = str(term.get("operator", "equal"))
    if field is None:
        return operator
    if operator in ("contains", "not_contains", "like", "not_like"):
        return str(PHRASES[operator.replace("like", "contains")]) % {"value": term.get("value")}
    given = term.get("value")
    if operator in conditions.WITHIN:
        return period(str(given)) if operator == "within" else gettext("not %(value)s") % {"value": period(str(given))}
    said = [gettext("I")] if given == ME or (isinstance(given, list) and ME in given) else []
    said += [wording.text(field, value, known) for value in items(of, term)]
    if operator == "between":
        return " – ".join(said)
    return str(PHRASES.get(operator, "%(value)s")) % {"value": ", ".join(said)}


def period(word: str) -> str:
    """A stretch of days in words: «the last 30 days»."""
    name, count = periods.parted(word)
    if name in periods.PERIODS:
        return gettext(periods.PERIODS[name][0])
    if name == "last_days":
        return ngettext("the last day", "the last %(count)s days", count) % {"count": count}
    return ngettext("the next day", "the next %(count)s days", count) % {"count": count}
