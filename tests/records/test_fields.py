"""Kinds of fields: what is read, what is refused, what comes back, what a filter finds."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from potok.disk.public import files
from potok.engine.values import FileRef, Money, PersonRef, RecordRef
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.fields import kinds
from tests.company import Company
from tests.records.conftest import Make

OPTIONS: dict[str, list[dict[str, str]]] = {
    "choice": [{"key": "1", "title": "Сайт"}, {"key": "2", "title": "Звонок"}],
    "link": [{"to": "crm.company"}],
}

READ: list[tuple[str, Any, Any]] = [
    ("text", "  two \n words ", "two words"),
    ("area", "two\r\nlines", "two\nlines"),
    ("number", "1 250,5", Decimal("1250.5")),
    ("number", "12", 12),
    ("money", "295 000", Money(Decimal("295000.00"), "RUB")),
    ("money", "100|USD", Money(Decimal("100.00"), "USD")),
    ("money", "99.5 eur", Money(Decimal("99.50"), "EUR")),
    ("money", "10 ₽", Money(Decimal("10.00"), "RUB")),
    ("yes_no", "Y", True),
    ("yes_no", "нет", False),
    ("date", "24.11.2026", date(2026, 11, 24)),
    ("date", "2026-11-24T10:00:00+03:00", date(2026, 11, 24)),
    ("moment", "2026-11-24T10:00:00+03:00", datetime(2026, 11, 24, 7, tzinfo=UTC)),
    ("choice", "2", "2"),
    ("choice", "звонок", "2"),
    ("person", "user_7", PersonRef(7)),
    ("person", 7, PersonRef(7)),
    ("link", "7", RecordRef("crm.company", 7)),
    ("file", "7", FileRef(7)),
    ("email", " Office@Firm.Example ", "office@firm.example"),
    ("phone", "8 (812) 000-11-01", "+78120001101"),
    ("phone", "+7 812 000-11-01 доб. 12", "+78120001101 ext. 12"),
    ("url", "firm.example/page", "https://firm.example/page"),
    ("text", "  ", None),
    ("number", "", None),
]

WRONG: list[tuple[str, Any]] = [
    ("number", "twelve"), ("number", "1" * 40), ("number", "inf"), ("money", "1 XXX"), ("yes_no", "maybe"),
    ("date", "31.02.2026"), ("moment", "soon"), ("choice", "3"), ("person", "Anna"), ("person", "0"),
    ("link", RecordRef("crm.deal", 1)), ("email", "office"), ("phone", "call me"), ("url", "javascript:alert(1)"),
]  # fmt: skip


def field(kind: str, **more: Any) -> Any:
    return kinds[kind](OPTIONS.get(kind, []), name="x", title="X", custom=True, **more)


@pytest.mark.parametrize(("kind", "raw", "value"), READ)
def test_a_kind_reads_what_people_write(kind: str, raw: Any, value: Any) -> None:
    assert field(kind).read(raw) == value


@pytest.mark.parametrize(("kind", "raw"), WRONG)
def test_a_kind_refuses_with_a_sentence_and_the_place(kind: str, raw: Any) -> None:
    with pytest.raises(Refused) as caught:
        field(kind).read(raw)
    assert (caught.value.code, caught.value.place) == ("records.field.unreadable", "x")
    assert len(caught.value.sentence()) > 8


def test_a_moment_without_a_zone_is_meant_in_the_readers() -> None:
    with timezone.override("Asia/Yekaterinburg"):
        assert field("moment").read("24.11.2026 18:00") == datetime(2026, 11, 24, 13, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "raw", "value"), [case for case in READ if case[2] is not None])
def test_reading_what_was_read_changes_nothing(kind: str, raw: Any, value: Any) -> None:
    assert field(kind).read(value) == value


@pytest.mark.parametrize(("kind", "raw", "value"), [case for case in READ if case[2] is not None])
def test_what_is_stored_comes_back(kind: str, raw: Any, value: Any) -> None:
    one = field(kind)
    assert one.from_plain(one.to_plain(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_numbers_come_back_exactly(number: Decimal) -> None:
    one = field("number")
    value = one.read(number)
    assert one.from_plain(one.to_plain(value)) == value == number


def test_several_values_keep_their_order_and_lose_doubles() -> None:
    assert field("email", multiple=True).read(["b@x.example", "a@x.example", "B@x.example"]) == (
        "b@x.example",
        "a@x.example",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted({kind for kind, *_ in READ}))
@pytest.mark.parametrize("multiple", [False, True])
def test_a_custom_field_of_any_kind_is_kept_and_found(make: Make, firm: Company, kind: str, multiple: bool) -> None:
    raw = next(raw for known, raw, value in READ if known == kind and value is not None)
    company = make("crm.company")
    with opened(None, door="screen") as call:
        there = {"link": company.pk, "person": firm.bob.pk}
        if kind == "file":
            there["file"] = files.add(call, name="act.txt", content=b"act").pk
        raw = there.get(kind, raw)
        options = OPTIONS.get(kind, [])
        row = records.custom_fields.add(
            call, record_type="crm.deal", kind=kind, title="Extra", multiple=multiple, options=options
        )
    filled, empty = make("crm.deal", {row.name: [raw] if multiple else raw}), make("crm.deal")
    deal = records.type_named("crm.deal")
    one = records.current().field(deal, row.name)
    value = one.of(records.find(deal, filled.pk, by=None))
    assert value == one.read([raw] if multiple else raw)

    def found(operator: str, given: Any = None) -> set[int]:
        condition = records.where(deal, {"all": [{"field": row.name, "operator": operator, "value": given}]})
        return set(records.rows(deal, by=None).filter(condition).values_list("pk", flat=True))

    assert found("filled") == {filled.pk}
    assert found("empty") == {empty.pk}
    if kind != "file":
        assert found("equal", raw) == {filled.pk}
        assert found("in", [raw]) == {filled.pk}
        assert found("not_equal", raw) == {empty.pk}
