"""Filters: groups of and/or over conditions, as JSON that views keep, and as conditions for the database.

{"all": [{"field": "stage", "operator": "in", "value": ["NEW"]},
         {"any": [{"field": "amount", "operator": "greater", "value": 1000}, …]}]}

`within` and `not_within` take a stretch of days that moves with today (see `periods`): "this_week", "last_days:30".
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from potok.kit import clock
from potok.records import noted, periods, rules
from potok.records.fields import Choice, Date, Field, Moment, Unreadable
from potok.records.record_types import RecordType
from potok.records.search import narrowing

DEPTH_MAX = 8
TERMS_MAX = 100


def where(record_type: RecordType, given: Mapping[str, Any]) -> Q:
    """The condition that a filter stands for; a wrong one is refused with what is wrong."""
    return _group(record_type, given, 0) if given else Q()


def _group(record_type: RecordType, given: Any, depth: int, *, alone: bool = False) -> Q:
    if not isinstance(given, Mapping) or depth > DEPTH_MAX:
        raise rules.WRONG_FILTER(reason=str(given)[:80])
    for word, connector in (("all", Q.AND), ("any", Q.OR)):
        if isinstance(terms := given.get(word), list) and len(terms) <= TERMS_MAX:
            alone = word == "all" and sum(_chooses(record_type, term) for term in terms) == 1
            parts = [_group(record_type, term, depth + 1, alone=alone) for term in terms]
            return Q(*parts, _connector=connector) if parts else Q()
    return _term(record_type, given, alone=alone)


def _chooses(record_type: RecordType, given: Any) -> bool:
    """Tell whether a term narrows by a choice."""
    if not isinstance(given, Mapping) or given.get("operator", "equal") not in CHOOSES:
        return False
    return isinstance(noted.fields(record_type).get(str(given.get("field", ""))), Choice)


def _term(record_type: RecordType, given: Mapping[str, Any], *, alone: bool) -> Q:
    name, operator = str(given.get("field", "")), str(given.get("operator", "equal"))
    if name == "id":
        return _by_id(operator, given.get("value"))
    field = noted.field(record_type, name)
    try:
        if operator in WITHIN:
            return _within(field, operator, given.get("value"))
        if alone and isinstance(field, Choice) and operator in CHOOSES:
            return field.alone(given.get("value"))
        return field.where(operator, given.get("value"))
    except (Unreadable, TypeError, ValueError) as wrong:
        raise rules.WRONG_FILTER(place=name, reason=f"{field.title}: {wrong}") from None


WITHIN = ("within", "not_within")
CHOOSES = ("equal", "in")


def _within(field: Field, operator: str, word: Any) -> Q:
    """The condition that a day or a moment lies in a stretch of days, in the zone of whoever looks."""
    found = periods.stretch(str(word), today=timezone.localdate(clock.now()))
    if found is None or not isinstance(field, Date | Moment) or field.multiple:
        raise Unreadable(f"{operator} {word}")
    first, last = found
    inside = field.where("at_least", first) & field.where("less", last + periods.DAY)
    return inside if operator == "within" else ~inside | field.is_empty()


IDS = {"greater": "gt", "at_least": "gte", "less": "lt", "at_most": "lte"}


def _by_id(operator: str, value: Any) -> Q:
    try:
        if operator in ("in", "not_in"):
            found = Q(pk__in=[int(item) for item in value])
            return found if operator == "in" else ~found
        if operator in IDS:
            return Q(**{f"pk__{IDS[operator]}": int(value)})
        return ~Q(pk=int(value)) if operator == "not_equal" else Q(pk=int(value))
    except (TypeError, ValueError):
        raise rules.WRONG_FILTER(place="id", reason="id") from None


def search(rows: "QuerySet[Any]", record_type: RecordType, text: str) -> "QuerySet[Any]":
    """Narrow rows to those in which all words of the text occur, as the one search understands them."""
    return narrowing.narrowed(rows, record_type.name, text)


def order(record_type: RecordType, sort: str) -> list[str]:
    """What a QuerySet sorts by for `field` or `-field`; the newest first where nothing is asked."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    fields = noted.fields(record_type)
    if name == "title":
        return ["-sort_key" if down else "sort_key", "-pk"]
    if name == "id":
        return ["-id" if down else "id"]
    if name not in fields:
        return ["-pk"]
    path = fields[name].order
    return [f"-{path}" if down else path, "-pk"]
