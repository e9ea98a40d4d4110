"""The rows of the filter editor, drawn and read back.

Each row sends `field` and `test`, and its value under a name of its own, `value.KEY`, since a picker sends none or
many. A row that is joined to the next by «or» sends its key as `or`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
from potok.ui.shapes import FilterRow

# ----- drawing --------------------------------------------------------------------------------------------------------


def offered(of: RecordType) -> list[tuple[str, Any]]:
    """The fields that a filter may name."""
    return [(one.name, one.title) for one in noted.fields(of).values() if not one.hidden]


def rows(shown: Asked, known: Names) -> list[FilterRow]:
    """The rows of the editor for the filter on the screen; what it cannot show it keeps (see `kept`)."""
    drawn: list[FilterRow] = []
    for group in _editable(shown.now.filter):
        for place, term in enumerate(group):
            key = str(len(drawn))
            drawn.append(row(shown.of, term, known, key=key, joined=place < len(group) - 1))
    return drawn


def kept(given: Filter) -> list[Term]:
    """Conditions that are too deep for the editor: they stay as they are."""
    return [term for term in phrases.terms(given) if _group(term) is None]


def _editable(given: Filter) -> list[list[Term]]:
    return [group for term in phrases.terms(given) if (group := _group(term)) is not None]


def _group(term: Term) -> list[Term] | None:
    """A condition alone, or several joined by «or»."""
    inner = [term] if "field" in term else term.get("any")
    if isinstance(inner, list) and inner and all(isinstance(one, dict) and one.get("field") != "id" for one in inner):
        return list(inner) if all("field" in one for one in inner) else None
    return None


def row(of: RecordType, term: Term, known: Names, *, key: str, joined: bool) -> FilterRow:
    field = noted.field(of, str(term["field"]))
    tests = phrases.tests(field)
    test = str(term.get("operator", ""))
    if test in ("equal", "not_equal") and test not in dict(tests):
        test = {"equal": "in", "not_equal": "not_in"}[test]
    test = test if test in dict(tests) else tests[0][0]
    return FilterRow(
        field.name, test, tests=tests, editor=_editor(of, field, test, term, known=known, key=key, joined=joined)
    )


def _editor(of: RecordType, field: Field, test: str, term: Term, *, known: Names, key: str, joined: bool) -> SafeString:
    if test in conditions.WITHIN:
        return _stretch(term.get("value"), key=key, joined=joined)
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
    context = {"key": key, "controls": [] if test in phrases.VALUELESS else controls, "joined": joined}
    return SafeString(render_to_string("records/filter_value.html", context))


def _stretch(given: Any, *, key: str, joined: bool) -> SafeString:
    """The choice of a stretch of days; its number stands beside it."""
    # A row that is drawn anew sends the word and the number apart.
    word = ":".join(given) if isinstance(given, list) else str(given or "")
    name, count = periods.parted(word)
    titles = {**periods.PERIODS, **periods.COUNTED}
    chosen = {
        "key": key,
        "joined": joined,
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
    joined: bool


def read(of: RecordType, given: QueryDict) -> Filter:
    """Make a filter of the rows; one without a value says nothing. Refuses what no value can be read from."""
    groups: list[list[Term]] = []
    joined = False
    for name, test, key in zip(given.getlist("field"), given.getlist("test"), given.getlist("row"), strict=False):
        typed = Typed(
            noted.field(of, name),
            test,
            key,
            [one for one in given.getlist(f"value.{key}") if one.strip()],
            given.get(f"until.{key}", "").strip(),
            key in given.getlist("or"),
        )
        term = _term(of, typed)
        if term and joined and groups:
            groups[-1].append(term)
        elif term:
            groups.append([term])
        joined = typed.joined
    terms: list[Term] = [group[0] if len(group) == 1 else {"any": group} for group in groups]
    return {"all": terms} if terms else {}


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
