"""Rows are read past the ORM as it would read them, and what is remembered in a transaction is what is there."""

from typing import Any

import phonenumbers
import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from potok.kit.doors import opened
from potok.kit.events import savepoint
from potok.people.public import Extent, roles
from potok.records import access, reading
from potok.records import public as records
from potok.records.fields.contact import Phone
from tests.company import Company
from tests.records.conftest import DESIGNED, Make

pytestmark = pytest.mark.django_db
DEAL = {"amount": "1250.50|USD", "close_on": "2026-11-30", "comment": "Ждём ответа"}
VALUES: dict[str, dict[str, Any]] = {
    "crm.deal": DEAL,
    "crm.company": {"phone": ["+7 921 555-12-34"], "email": ["info@firm.example"]},
    DESIGNED: {"received": "2026-05-01"},
}


def _held(row: Any) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


@pytest.mark.parametrize("name", VALUES)
def test_rows_are_as_the_orm_reads_them(make: Make, name: str) -> None:
    row = make(name, VALUES[name])
    of = records.record_types[name]
    assert _held(reading.by_id(of, [row.pk])[row.pk]) == _held(of.rows().get(pk=row.pk))


def test_a_row_of_another_designed_type_is_not_there(make: Make) -> None:
    row = make(DESIGNED)
    of = records.record_types[DESIGNED]
    assert reading.by_id(of, [row.pk])
    type(row).objects.filter(pk=row.pk).update(record_type="lists.others")
    assert not reading.by_id(of, [row.pk])


@pytest.mark.parametrize("id", [0, -1, 2**63, 10**40])
def test_an_id_that_no_row_can_have_is_not_there(make: Make, id: int) -> None:
    assert reading.by_id(records.record_types["crm.deal"], [id]) == {}


def test_what_a_transaction_has_written_is_what_is_there(make: Make) -> None:
    row = make("crm.deal", DEAL)
    of = records.record_types["crm.deal"]
    with opened(None, door="test") as call:
        records.verbs[of.name].change(call, record=row, values={"title": "Another", "amount": "7"})
        assert _held(reading.as_written(of, [row.pk])[row.pk]) == _held(reading.by_id(of, [row.pk])[row.pk])


def test_what_was_undone_is_not_remembered(make: Make) -> None:
    row = make("crm.deal")
    of = records.record_types["crm.deal"]
    with opened(None, door="test") as call:
        with pytest.raises(ZeroDivisionError), savepoint():
            records.verbs[of.name].change(call, record=row, values={"title": "Another"})
            raise ZeroDivisionError
        assert reading.as_written(of, [row.pk])[row.pk].title == row.title


def test_rights_that_an_operation_takes_away_are_gone_at_once(firm: Company) -> None:
    of = records.record_types["crm.deal"]
    role = firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    with transaction.atomic(), opened(None, door="test") as call:
        assert not access.reach(firm.carol.pk, of, "see").is_nowhere
        roles.grant(call, role=role, permission="crm.deal.see", extent=None)
        assert access.reach(firm.carol.pk, of, "see").is_nowhere


@given(
    st.sampled_from(["8", "+7", "8 ", "+7 "]),
    st.sampled_from(["{}{}{}{}", "({}) {}-{}-{}", "{} {} {} {}", "({}){}-{}{}"]),
    st.from_regex(r"9\d{9}", fullmatch=True).filter(str.isascii),
)
def test_a_mobile_number_is_read_in_short_as_it_is_in_full(code: str, form: str, digits: str) -> None:
    text = code + form.format(digits[:3], digits[3:6], digits[6:8], digits[8:])
    full = phonenumbers.format_number(phonenumbers.parse(text, "RU"), phonenumbers.PhoneNumberFormat.E164)
    assert Phone("phone", "Phone").line(text) == full
