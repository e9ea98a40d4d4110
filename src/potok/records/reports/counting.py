"""Counting a report for a reader: only what he may see is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from potok.engine.values import PersonRef, Value
from potok.kit import clock, viewing
from potok.records import access, conditions, figures, grouping, noted, periods, queries
from potok.records.fields import Date, Moment
from potok.records.figures import Figures
from potok.records.grouping import Grouping
from potok.records.models import Records
from potok.records.rates import Rates
from potok.records.record_types import RecordType
from potok.records.reports import funnel, measures, rules
from potok.records.reports.measures import AVERAGE, Measure
from potok.records.reports.models import Plan, Report
from potok.records.reports.rules import Shape
from potok.records.reports.tables import MONEY, NUMBER, PERCENT, Amount, Heading, Line, Table
from potok.records.screens import asked, names, phrases
from potok.records.screens.periods import title as titled

LINES_MAX = 60
SERIES_MAX = 8
Key = tuple[Value, ...]


@dataclass(frozen=True)
class Asked:
    """A report, its record type, its reader, and the records that he may see and that its filter lets through."""

    report: Report
    of: RecordType
    by: int
    measure: Measure
    filter: Mapping[str, Any]
    rows: Records
    rates: Rates

    def url(self, *terms: Mapping[str, Any]) -> str:
        """The list of the records behind a figure."""
        filter = self.filter
        for term in terms:
            filter = phrases.joined(filter, term)
        return f"/{self.of.path}/?{asked.query(filter)}"


def count(report: Report, *, by: int) -> Table:
    """Answer the report for a reader; one that stands on a field hidden from him is refused."""
    with viewing.shown_to(by):
        return _count(report, by=by)


def _count(report: Report, *, by: int) -> Table:
    of = queries.type_named(report.record_type)
    measure = measures.read(of, report.measure)
    if measure is None:
        raise rules.NO_MEASURE(place="measure", measure=report.measure)
    filter = narrowed(of, report)
    where = conditions.where(of, asked.resolved(of, filter, me=by))
    rates = Rates(apart=report.apart and report.shape != Shape.PLAN)
    given = Asked(report, of, by, measure, filter, queries.rows(of, by=by).filter(where), rates)
    match report.shape:
        case Shape.FUNNEL:
            return funnel.count(of, given.rows, pipeline=report.pipeline, url=given.url)
        case Shape.PLAN:
            return _plan(given)
    return _figures(given)


def narrowed(of: RecordType, report: Report) -> Mapping[str, Any]:
    """The filter of a report, with its period over its day."""
    dated = noted.fields(of).get(report.dated)
    if not report.period or not isinstance(dated, Date | Moment):
        return dict(report.filter)
    return phrases.joined(report.filter, {"field": dated.name, "operator": "within", "value": report.period})


def _figures(given: Asked) -> Table:
    """One line for each group, one column for each second group and currency."""
    by = grouping.read(given.of, given.report.group)
    if by is None:
        raise rules.NO_GROUP(place="group")
    second = grouping.read(given.of, given.report.second) if given.report.second else None
    found = _counted(given, by, second)
    known = names.of_values((value for key in found for value in key), by=given.by)
    heads = _order(by, {key[0] for key in found}, found)
    series = _order(second, {key[1] for key in found}, found, at=1)[:SERIES_MAX] if second else [None]
    columns = [(one, currency) for one in series for currency in _currencies(given.measure, found)]
    shown = [
        Line(
            titled(by, head, known) or gettext("Not given"),
            given.url(by.where(head)),
            [
                _amount(given.measure, found.get((head, one) if second else (head,)), currency)
                for one, currency in columns
            ],
        )
        for head in heads[:LINES_MAX]
    ]
    titles = [
        _heading(given.measure, (titled(second, one, known) or gettext("Not given")) if second else "", currency)
        for one, currency in columns
    ]
    totals = _totals(given.measure, shown, len(columns))
    return Table(str(by.field.title), titles, shown, totals, given.report.chart, _notes(given), bool(given.rates.used))


def _counted(given: Asked, by: Grouping, second: Grouping | None) -> dict[Key, Figures]:
    groups = [one for one in (by, second) if one is not None]
    fields = [given.measure.field] if given.measure.field else []
    keys, average = [one.expression for one in groups], given.measure.kind == AVERAGE
    found = figures.by_group(given.rows, fields, *keys, average=average)
    if worths := given.rates.worths(_currencies(given.measure, found)):
        found = figures.by_group(given.rows, fields, *keys, average=average, worths=worths)
    return {tuple(one.value(part) for one, part in zip(groups, key, strict=True)): got for key, got in found.items()}


def _order(by: Grouping | None, keys: set[Value], found: Mapping[Key, Figures], *, at: int = 0) -> list[Value]:
    if by is None:
        return []
    weights: dict[Value, int] = {}
    for key, one in found.items():
        weights[key[at]] = weights.get(key[at], 0) + one.count
    return sorted(keys, key=lambda value: (by.order(value), -weights[value]))


def _notes(given: Asked) -> tuple[str, ...]:
    return (given.rates.said,) if given.rates.used else ()


def _currencies(measure: Measure, found: Mapping[Any, Figures]) -> list[str]:
    if not measure.is_money or measure.field is None:
        return [figures.NONE]
    name = measure.field.name
    return sorted({currency for one in found.values() for currency in one.sums.get(name, {})}) or ["RUB"]


def _amount(measure: Measure, found: Figures | None, currency: str) -> Amount:
    if found is None:
        return 0
    if measure.field is None:
        return found.count
    amount = found.sums.get(measure.field.name, {}).get(currency)
    return Decimal(0) if amount is None and measure.kind != AVERAGE else amount


def _heading(measure: Measure, title: str, currency: str) -> Heading:
    return Heading(title or measure.title, MONEY if currency else NUMBER, currency)


def _totals(measure: Measure, lines: Sequence[Line], width: int) -> list[Amount]:
    """Averages do not add up."""
    if measure.kind == AVERAGE or not lines:
        return []
    return [sum((Decimal(line.values[place] or 0) for line in lines), Decimal(0)) for place in range(width)]


def _plan(given: Asked) -> Table:
    """For each person what he planned for these months, what he reached, and how much of it that is."""
    by = grouping.read(given.of, "responsible")
    assert by is not None, "every record has somebody who answers for it"
    facts = _counted(given, by, None)
    plans = _planned(given)
    persons = {key[0].id for key in facts if isinstance(key[0], PersonRef)} | set(plans)
    known = names.of_values([PersonRef(one) for one in persons], by=given.by)
    currency = "RUB" if given.measure.is_money else figures.NONE
    lines = []
    for person in sorted(persons, key=lambda one: str(known.persons.get(one, ""))):
        fact = _amount(given.measure, facts.get((PersonRef(person),)), currency) or 0
        plan = plans.get(person)
        share = Decimal(fact) / plan * 100 if plan else None
        url = given.url(by.where(PersonRef(person)))
        lines.append(Line(str(known.persons.get(person, person)), url, [plan, fact, share]))
    kind = MONEY if currency else NUMBER
    columns = [
        Heading(gettext("Plan"), kind, currency),
        Heading(gettext("Fact"), kind, currency),
        Heading(gettext("Carried out, %"), PERCENT, drawn=False),
    ]
    both = [sum((Decimal(line.values[place] or 0) for line in lines), Decimal(0)) for place in range(2)]
    totals: list[Amount] = [*both, both[1] / both[0] * 100 if both[0] else None]
    notes = [*_notes(given), *_left_out(given, facts, currency)]
    return Table(str(by.field.title), columns, lines, totals if lines else [], "bars", notes)


def _left_out(given: Asked, facts: Mapping[Key, Figures], currency: str) -> list[str]:
    """Plans are in one currency: what has no rate does not count, and that is said."""
    others = ", ".join(one for one in _currencies(given.measure, facts) if one != currency)
    return [gettext("Not counted, because there is no rate: %(currencies)s") % {"currencies": others}] if others else []


def _planned(given: Asked) -> dict[int, Decimal]:
    """Plans of the months that the period touches, of the people whose records the reader may see."""
    today = timezone.localdate(clock.now())
    stretch = periods.stretch(given.report.period or "this_month", today=today) or (today, today)
    found = Plan.objects.filter(
        record_type=given.of.name,
        measure=str(given.measure),
        month__gte=stretch[0].replace(day=1),
        month__lte=stretch[1],
    )
    planned: dict[int, Decimal] = {}
    for one in found:
        planned[one.person_id] = planned.get(one.person_id, Decimal(0)) + one.amount
    seen = seen_persons(given.of, by=given.by)
    return {person: amount for person, amount in planned.items() if seen is None or person in seen}


def seen_persons(of: RecordType, *, by: int) -> frozenset[int] | None:
    """The people whose records of a type the reader may see; None is everybody."""
    return access.reach(by, of, "see").usual.owners
