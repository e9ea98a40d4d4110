"""Numbers that the system gives: in order, without gaps, anew in each period, never typed."""

from datetime import date, timedelta
from typing import Any

import pytest

from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.fields import Numbered
from potok.records.fields.numbered import check_template
from tests.records.conftest import Make, refused

DAY = date(2026, 3, 7)


@pytest.mark.parametrize(
    ("template", "written", "period"),
    [
        ("{n}", "7", ""),
        ("№ ВХ-{year}-{n:4}", "№ ВХ-2026-0007", "2026"),
        ("{yy}/{month}-{n:3}", "26/03-007", "2026-03"),
        ("{day}.{month}.{year} {n}", "07.03.2026 7", "2026-03-07"),
    ],
)
def test_a_template_says_how_a_number_looks_and_when_it_begins_anew(template: str, written: str, period: str) -> None:
    field = Numbered("number", "Number", template=check_template(template))
    assert field.written(7, day=DAY) == written
    assert field.period(DAY) == period


@pytest.mark.parametrize("template", ["", "ВХ-{year}", "{n} {week}", "{n}{", "{n}" + "-" * 80])
def test_a_template_that_counts_nothing_is_refused(template: str) -> None:
    with refused("records.field.wrong_template"):
        check_template(template)


@pytest.fixture
def numbered(make: Make) -> str:
    with opened(None, door="screen") as call:
        field = records.custom_fields.add(
            call, record_type="crm.deal", kind="numbered", title="Number", name="number",
            options=[{"template": "ВХ-{year}-{n:3}", "first": "118"}],
        )  # fmt: skip
    return str(field.name)


def add(**values: Any) -> dict[str, Any]:
    return {"values": {"title": "Deal", **values}}


@pytest.mark.django_db
def test_numbers_follow_each_other_and_what_is_refused_takes_none(numbered: str) -> None:
    with opened(None, door="screen") as call:
        answers = records.verbs["crm.deal"].add.many(
            [(call, add()), (call, add(amount="much")), (call, add(number="7")), (call, add())]
        )
    year = clock.now().year
    kept = [one.props["number"] for one in answers if not isinstance(one, Refused)]
    assert kept == [f"ВХ-{year}-118", f"ВХ-{year}-119"]
    assert [one.code for one in answers if isinstance(one, Refused)] == [
        "records.field.unreadable",
        "records.field.read_only",
    ]


@pytest.mark.django_db
def test_what_is_undone_gives_its_number_back(numbered: str, make: Make) -> None:
    with pytest.raises(ZeroDivisionError), opened(None, door="screen") as call:
        records.verbs["crm.deal"].add(call, **add())
        raise ZeroDivisionError
    assert make("crm.deal").props["number"].endswith("-118")


@pytest.mark.django_db
def test_every_period_begins_anew(numbered: str, make: Make) -> None:
    make("crm.deal")
    clock.wind(timedelta(days=366))
    try:
        assert make("crm.deal").props["number"].endswith("-118")
    finally:
        clock.wind(timedelta())
