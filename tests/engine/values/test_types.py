"""What may be put where."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from potok.engine import values
from potok.engine.values import ANY, DATE, EMAIL, MOMENT, MONEY, NUMBER, PERSON, TEXT, YES_NO, many, record

FITS = [
    ("anything fits a text", DATE, TEXT, True),
    ("a list fits a text", many(PERSON), TEXT, True),
    ("a text is not read as a number in silence", TEXT, NUMBER, False),
    ("a number is no condition", NUMBER, YES_NO, False),
    ("an amount fits a number", MONEY, NUMBER, True),
    ("a number has no currency", NUMBER, MONEY, False),
    ("a date fits a moment", DATE, MOMENT, True),
    ("a moment fits a date", MOMENT, DATE, True),
    ("a text fits an address", TEXT, EMAIL, True),
    ("one fits a list", PERSON, many(PERSON), True),
    ("a list fits no single place", many(PERSON), PERSON, False),
    ("a list of anything fits no single place", many(ANY), PERSON, False),
    ("a list of anything fits a list", many(ANY), many(PERSON), True),
    ("anything takes a list", many(PERSON), ANY, True),
    ("anything fits a list", ANY, many(PERSON), True),
    ("a person is no record", PERSON, record("crm.deal"), False),
    ("a deal is no company", record("crm.deal"), record("crm.company"), False),
    ("a deal is a record", record("crm.deal"), record(""), True),
    ("a deal fits deals", record("crm.deal"), many(record("crm.deal")), True),
]


@pytest.mark.parametrize(("given", "wanted", "answer"), [case[1:] for case in FITS], ids=[case[0] for case in FITS])
def test_fits(given: values.Type, wanted: values.Type, answer: bool) -> None:
    assert values.fits(given, wanted) is answer


@pytest.mark.parametrize(
    ("value", "narrowest"),
    [
        (None, ANY),
        ("", TEXT),
        (True, YES_NO),
        (1, NUMBER),
        (Decimal("1.5"), NUMBER),
        (date(2026, 1, 1), DATE),
        (datetime(2026, 1, 1, tzinfo=UTC), MOMENT),
        ((values.PersonRef(1), values.PersonRef(2)), many(PERSON)),
        ((1, "a"), many(ANY)),
        ((), many(ANY)),
        (values.RecordRef("crm.deal", 1), record("crm.deal")),
    ],
)
def test_a_value_tells_its_type(value: values.Value, narrowest: values.Type) -> None:
    assert values.type_of(value) == narrowest


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        values.Type("colour")


def test_a_type_reads_as_words() -> None:
    assert str(many(record("crm.deal"))) == "list of record crm.deal"
    assert many(TEXT).single == TEXT


@pytest.mark.parametrize(("value", "answer"), [(None, True), ("", True), ((), True), (0, False), (False, False)])
def test_empty_is_nothing_no_text_or_no_items(value: values.Value, answer: bool) -> None:
    assert values.is_empty(value) is answer


@pytest.mark.parametrize("kind", values.KINDS)
def test_every_type_has_a_name_for_people(kind: str) -> None:
    one = values.Type(kind)
    assert values.title(one) != values.title(many(one))
    assert "_" not in values.title(one)


def test_a_number_has_one_form() -> None:
    assert values.number(2) == 2
    assert repr(values.number(Decimal("2.00"))) == "2"
    assert repr(values.number(Decimal("2.50"))) == "Decimal('2.5')"
    assert repr(values.number(Decimal("1." + "1" * 30))) == repr(Decimal("1." + "1" * 30))
