"""The filter editor, drawn and read back: rows of conditions, and groups of them as deep as one likes.

Each row sends `field` and `test`, and its value under a name of its own, `value.KEY`, since a picker sends none or
many. How rows are grouped stands in the order of what is called `row`: "all" or "any" opens a group, "end" closes it,
and whatever else stands between is the key of a row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from potok.engine.values import Value
from potok.kit.errors import Refused
from potok.records import conditions, noted, periods, rules
from potok.records.fields import Field, Moment
from potok.records.record_types import RecordType
from potok.records.screens import editors, fields, phrases
from potok.records.screens.asked import ME, Asked, Filter, resolved
from potok.records.screens.names import Names
from potok.records.screens.phrases import Term
from potok.ui.shapes import FilterGroup, FilterRow

ALL, ANY, END = "all", "any", "end"

# ----- drawing --------------------------------------------------------------------------------------------------------


def offered(of: RecordType) -> list[tuple[str, Any]]:
    """The fields that a filter may name."""
    return [(one.name, one.title) for one in noted.fields(of).values() if not one.hidden]


def drawn(shown: Asked, known: Names) -> FilterGroup:
    """The editor for the filter on the screen; what it cannot show it keeps (see `kept`)."""
    terms = [term for term in phrases.terms(shown.now.filter) if _can_show(term)]
    whole = terms[0] if len(terms) == 1 and "field" not in terms[0] else {ALL: terms}
    return _group(shown.of, whole, known, map(str, count()))


def kept(given: Filter) -> list[Term]:
    """Conditions that people never make and that the editor has no row for: they stay as they are."""
    return [term for term in phrases.terms(given) if not _can_show(term)]


def _can_show(term: Term) -> bool:
    return all(leaf["field"] != "id" for leaf in phrases.leaves(term))


def _group(of: RecordType, given: Term, known: Names, keys: Iterator[str]) -> FilterGroup:
    word = ANY if ANY in given else ALL
    parts = [
        row(of, one, known, key=next(keys)) if "field" in one else _group(of, one, known, keys) for one in given[word]
    ]
    return FilterGroup(word, parts)


def row(of: RecordType, term: Term, known: Names, *, key: str) -> FilterRow:
    field = noted.field(of, str(term["field"]))
    tests = phrases.tests(field)
    test = str(term.get("operator", ""))
    if test in ("equal", "not_equal") and test not in dict(tests):
        test = {"equal": "in", "not_equal": "not_in"}[test]
    test = test if test in dict(tests) else tests[0][0]
    return FilterRow(field.name, test, tests=tests, editor=_editor(of, field, test, term, known=known, key=key))


def _editor(of: RecordType, field: Field, test: str, term: Term, *, known: Names, key: str) -> SafeString:
    if test in conditions.WITHIN:
        return _stretch(term.get("value"), key=key)
    given = term.get("value")
    values = _known(field, phrases.items(of, term))
    shown: Sequence[Any] = [ME, *values] if given == ME or (isinstance(given, list) and ME in given) else values
    many = test in ("in", "not_in")
    if not many and field.widget not in phrases.PICKED:
        shown = _as_typed(field, given if isinstance(given, list) else [given], values)
    names = [f"value.{key}", f"until.{key}"] if test == "between" else [f"value.{key}"]
    controls = [
        editors.draw(of, field, name=name, values=shown if many else shown[place : place + 1], known=known, many=many)
        for place, name in enumerate(names)
    ]
    context = {"key": key, "controls": [] if test in phrases.VALUELESS else controls}
    return SafeString(render_to_string("records/filter_value.html", context))


def _stretch(given: Any, *, key: str) -> SafeString:
    """The choice of a stretch of days; its number stands beside it."""
    # A row that is drawn anew sends the word and the number apart.
    word = ":".join(given) if isinstance(given, list) else str(given or "")
    name, count = periods.parted(word)
    titles = {**periods.PERIODS, **periods.COUNTED}
    chosen = {
        "key": key,
        "periods": [(one, gettext(title), one == name) for one, (title, _stretch) in titles.items()],
        "counted": name in periods.COUNTED,
        "count": count or "",
    }
    return SafeString(render_to_string("records/filter_value.html", chosen))


def _known(field: Field, values: Sequence[Value]) -> list[Value]:
    """When the field of a row changes, what was chosen for the other one is dropped."""
    options: Any = getattr(field, "options", None)
    return [one for one in values if options is None or one in dict(options)]


def _as_typed(field: Field, raw: Sequence[Any], values: Sequence[Value]) -> Sequence[str]:
    """What a control shows: what was typed, and a moment in the zone of whoever looks."""
    if isinstance(field, Moment):
        return [fields.typed(field, one) for one in values]
    return [str(one) for one in raw if one not in (None, "")]


# ----- reading --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Typed:
    """One row of the editor as the form sends it."""

    field: Field
    test: str
    key: str
    values: list[str]
    until: str


def read(of: RecordType, given: QueryDict) -> Filter:
    """Make a filter of the rows; one without a value says nothing. Refuses what no value can be read from."""
    fields, tests = iter(given.getlist("field")), iter(given.getlist("test"))
    open: list[tuple[str, list[Term]]] = [(ALL, [])]
    for part in given.getlist("row"):
        if part in (ALL, ANY):
            open.append((part, []))
        elif part != END:
            term = _term(of, _typed(of, given, part, field=next(fields, ""), test=next(tests, "")))
            open[-1][1].extend([term] if term else [])
        elif len(open) > 1:
            _close(open)
    while len(open) > 1:
        _close(open)
    terms = open[0][1]
    return terms[0] if len(terms) == 1 and ALL in terms[0] else {ALL: terms} if terms else {}


def _close(open: list[tuple[str, list[Term]]]) -> None:
    """Put the innermost group into the one around it; of one condition it makes nothing, of none even less."""
    word, terms = open.pop()
    open[-1][1].extend(terms if len(terms) < 2 else [{word: terms}])


def _typed(of: RecordType, given: QueryDict, key: str, *, field: str, test: str) -> Typed:
    values = [one for one in given.getlist(f"value.{key}") if one.strip()]
    return Typed(noted.field(of, field), test, key, values, given.get(f"until.{key}", "").strip())


def _term(of: RecordType, typed: Typed) -> Term | None:
    term: dict[str, Any] = {"field": typed.field.name, "operator": typed.test}
    if typed.test in ("in", "not_in"):
        term["value"] = typed.values
    elif typed.test == "between":
        low, high = (typed.values or [""])[0], typed.until
        term |= _ends(low, high)
    elif typed.test in conditions.WITHIN:
        term["value"] = _word(typed)
    elif typed.test not in phrases.VALUELESS:
        term["value"] = (typed.values or [""])[0]
    if "value" in term and not term["value"]:
        return None
    try:
        conditions.where(of, resolved(of, term, me=1))
    except Refused as refused:
        raise rules.WRONG_FILTER(place=f"value.{typed.key}", reason=refused.fields.get("reason", "")) from None
    return term


def _word(typed: Typed) -> str:
    """A stretch of days as filters keep it; days that are counted are thirty where nobody says how many."""
    name, _colon, kept = (typed.values or [""])[0].partition(":")
    return f"{name}:{typed.until or kept or 30}" if name in periods.COUNTED else name


def _ends(low: str, high: str) -> dict[str, Any]:
    """«Between» with one end open is «at least» or «at most»."""
    if low and high:
        return {"operator": "between", "value": [low, high]}
    return {"operator": "at_most", "value": high} if high else {"operator": "at_least", "value": low}
