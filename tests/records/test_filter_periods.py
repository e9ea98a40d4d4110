"""Filters that move with today, and filters by what every record notes of itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from potok.kit import clock
from potok.records import conditions, queries
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make, refused


def found(term: dict[str, Any]) -> set[str]:
    of = records.record_types["crm.deal"]
    rows = queries.rows(of, by=None).filter(conditions.where(of, term))
    return {row.title for row in rows}


@pytest.mark.parametrize(
    ("operator", "word", "expected"),
    [
        ("within", "today", {"today"}),
        ("within", "next_days:3", {"today", "tomorrow"}),
        ("within", "past", {"before"}),
        ("not_within", "future", {"before", "today", "never"}),
    ],
)
def test_days_are_counted_from_today(make: Make, operator: str, word: str, expected: set[str]) -> None:
    today = timezone.localdate(clock.now())
    for title, away in (("before", -40), ("today", 0), ("tomorrow", 1)):
        make("crm.deal", {"title": title, "close_on": (today + timedelta(days=away)).isoformat()})
    make("crm.deal", {"title": "never"})
    assert found({"field": "close_on", "operator": operator, "value": word}) == expected


def test_a_moment_lies_in_a_day_of_the_readers_zone(firm: Company, make: Make) -> None:
    make("crm.deal", {"title": "new"})
    assert found({"field": "created_at", "operator": "within", "value": "today"}) == {"new"}
    assert found({"field": "created_at", "operator": "within", "value": "yesterday"}) == set()


def test_a_filter_asks_by_whom_a_record_was_made(firm: Company, make: Make) -> None:
    firm.grant("crm.deal.add")
    make("crm.deal", {"title": "by Bob"}, by=firm.bob.pk)
    make("crm.deal", {"title": "by the system"})
    assert found({"field": "created_by", "operator": "in", "value": [firm.bob.pk]}) == {"by Bob"}
    assert found({"field": "changed_by", "operator": "empty"}) == {"by the system"}


@pytest.mark.parametrize("given", [("close_on", "soon"), ("amount", "today"), ("title", "today")])
def test_what_no_day_can_be_read_from_is_refused(make: Make, given: tuple[str, str]) -> None:
    with refused("records.filter.wrong"):
        found({"field": given[0], "operator": "within", "value": given[1]})


def test_what_is_noted_is_not_written(make: Make, firm: Company) -> None:
    with refused("records.field.unknown"):
        make("crm.deal", {"created_at": "2020-01-01"})
