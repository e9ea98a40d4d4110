"""Making a value fit the place it is put into."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.engine import values
from potok.engine.values import (
    ANY,
    CHOICE,
    DATE,
    DURATION,
    EMAIL,
    FILE,
    MOMENT,
    MONEY,
    NUMBER,
    PERSON,
    PHONE,
    TEXT,
    URL,
    YES_NO,
    Duration,
    FileRef,
    Money,
    PersonRef,
    RecordRef,
    Type,
    Value,
    WrongType,
    coerce,
    many,
    record,
)
from tests.engine.values import some

MOSCOW = ZoneInfo("Europe/Moscow")
MORNING = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)  # the 2nd of March, 1:30, in Moscow
RUBLES = Money(Decimal("12.50"), "RUB")
DEAL = RecordRef("crm.deal", 1)

CONVERTS: list[tuple[Value, Type, Value]] = [
    (None, NUMBER, None),
    ("", NUMBER, None),
    ("", EMAIL, ""),
    (None, many(TEXT), ()),
    ("", many(TEXT), ()),
    ("a", many(TEXT), ("a",)),
    (("1", None, "2"), many(NUMBER), (1, 2)),
    ((), PERSON, None),
    ((PersonRef(1),), PERSON, PersonRef(1)),
    (("a", 1), ANY, ("a", 1)),
    ("1 234,50", NUMBER, Decimal("1234.5")),
    ("5.0", NUMBER, 5),
    (Decimal("5.00"), NUMBER, 5),
    (RUBLES, NUMBER, Decimal("12.5")),
    ("12.50 RUB", MONEY, RUBLES),
    ("12.50|RUB", MONEY, RUBLES),
    (RUBLES, MONEY, RUBLES),
    ("да", YES_NO, True),
    ("N", YES_NO, False),
    (1, YES_NO, True),
    (False, YES_NO, False),
    ("02.03.2026", DATE, date(2026, 3, 2)),
    ("2026-03-02", DATE, date(2026, 3, 2)),
    ("2026-03-02 10:15", DATE, date(2026, 3, 2)),
    (MORNING, DATE, date(2026, 3, 2)),
    (date(2026, 3, 2), DATE, date(2026, 3, 2)),
    (date(2026, 3, 2), MOMENT, datetime(2026, 3, 1, 21, tzinfo=UTC)),
    ("02.03.2026 1:30", MOMENT, MORNING),
    ("2026-03-02T01:30:00", MOMENT, MORNING),
    ("2026-03-01T22:30:00+00:00", MOMENT, MORNING),
    ("02.03.2026", MOMENT, datetime(2026, 3, 1, 21, tzinfo=UTC)),
    (MORNING, MOMENT, MORNING),
    (Duration(1), DURATION, Duration(1)),
    (FileRef(1), FILE, FileRef(1)),
    (DEAL, record("crm.deal"), DEAL),
    (DEAL, record(""), DEAL),
    ("paid", CHOICE, "paid"),
    ("anna@lavr.example", EMAIL, "anna@lavr.example"),
    ("+7 (495) 000-00-00", PHONE, "+7 (495) 000-00-00"),
    ("https://lavr.example/a", URL, "https://lavr.example/a"),
    (MORNING, TEXT, "02.03.2026 01:30"),
    ((1, 2), TEXT, "1, 2"),
]


@pytest.mark.parametrize(("value", "to", "result"), CONVERTS)
def test_what_can_be_read_is_read(value: Value, to: Type, result: Value) -> None:
    converted = coerce(value, to, zone=MOSCOW)
    assert (converted, type(converted)) == (result, type(result))


@pytest.mark.parametrize(
    ("value", "to"),
    [
        ("many", NUMBER),
        ("NaN", NUMBER),
        ("1E999999", NUMBER),
        (True, NUMBER),
        (Decimal("Infinity"), NUMBER),
        (date(2026, 1, 1), NUMBER),
        ("12.50", MONEY),
        ("much RUB", MONEY),
        (5, MONEY),
        ("perhaps", YES_NO),
        (2, YES_NO),
        ("31.02.2026", DATE),
        (5, DATE),
        ("02.03.2026 25:00", MOMENT),
        (5, MOMENT),
        ("2 days", DURATION),
        ("7", PERSON),
        (PersonRef(7), FILE),
        (DEAL, record("crm.company")),
        ("1", record("crm.deal")),
        ("nobody", EMAIL),
        ("call me", PHONE),
        ("javascript:alert(1)", URL),
        (5, CHOICE),
        ((1, 2), NUMBER),
        ((DEAL, PersonRef(1)), many(PERSON)),
    ],
)
def test_what_cannot_stand_there_is_refused(value: Value, to: Type) -> None:
    with pytest.raises(WrongType) as refused:
        coerce(value, to)
    assert refused.value.code == "value.wrong_type"
    assert refused.value.wanted in (to, to.single)


def test_a_text_is_written_by_who_knows_the_names() -> None:
    assert coerce(PersonRef(7), TEXT, show=lambda _person: "Анна Ким") == "Анна Ким"


types = st.builds(Type, st.sampled_from(values.KINDS), st.booleans())


@given(some.values, types)
def test_what_was_converted_fits_and_converting_again_changes_nothing(value: Value, to: Type) -> None:
    try:
        once = coerce(value, to)
    except WrongType:
        return
    assert once is None or values.fits(values.type_of(once), to)
    assert coerce(once, to) == once


@given(some.values, types)
def test_what_always_fits_is_never_refused(value: Value, to: Type) -> None:
    given_type = values.type_of(value)
    by_form = ("choice", "email", "phone", "url")
    if values.fits(given_type, to) and given_type.kind != "any" and to.kind not in by_form:
        coerce(value, to)


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (date(2026, 11, 24), datetime(2026, 11, 24, 20, 59, tzinfo=UTC)),
        ("24.11.2026", datetime(2026, 11, 24, 20, 59, tzinfo=UTC)),
        ("2026-11-24 18:00", datetime(2026, 11, 24, 15, tzinfo=UTC)),
        (datetime(2026, 11, 24, 15, tzinfo=UTC), datetime(2026, 11, 24, 15, tzinfo=UTC)),
        (None, None),
        ("", None),
    ],
)
def test_what_is_due_on_a_date_is_due_at_its_end(value: Value, due: Value) -> None:
    assert values.deadline(value, zone=ZoneInfo("Europe/Moscow")) == due
