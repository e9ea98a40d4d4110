"""What sales decide from values alone: states, numbers, requisites."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.crm.clients import requisites
from potok.crm.sales import rules
from tests.records.conftest import refused

DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("template", "number", "written"),
    [
        ("{n}", 7, "7"),
        ("{n:4}", 7, "0007"),
        ("{n:2}", 1234, "1234"),
        ("СЧ-{year}/{n:3}", 12, "СЧ-2026/012"),
        ("{year}{month}-{n}", 1, "202603-1"),
    ],
)
def test_a_number_is_written_by_its_template(template: str, number: int, written: str) -> None:
    assert rules.write_number(rules.check_template(template), number, DAY) == written


@pytest.mark.parametrize(
    "template", ["", "A", "{n}{n}", "{n} {nobody}", "{n.__class__}", "{n:44}", "{", "x" * 61 + "{n}"]
)
def test_a_template_from_which_numbers_cannot_be_told_apart_is_refused(template: str) -> None:
    with refused("crm.numbering.wrong"):
        rules.check_template(template)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_different_numbers_are_written_differently(one: int, other: int) -> None:
    written = [rules.write_number("№{year}-{n:3}", number, DAY) for number in (one, other)]
    assert (written[0] == written[1]) == (one == other)


@pytest.mark.parametrize(
    ("amount", "paid", "state"),
    [("10", "0", "issued"), ("10", "9.99", "partly"), ("10", "10", "paid"), ("10", "11", "paid")],
)
def test_the_state_follows_what_was_paid(amount: str, paid: str, state: str) -> None:
    assert rules.state_of(Decimal(amount), Decimal(paid)) == state


RIGHT = {
    "inn": ["7707083893", "500100732259"],
    "kpp": ["780201001", "7702AB001"],
    "ogrn": ["1027700132195", "304500116000157"],
    "bic": ["044525225"],
    "account": ["40702810400000000225"],
}
WRONG = {
    "inn": ["7707083894", "500100732258", "770708389", "77070838930", "770708389x"],
    "kpp": ["78020100", "78020100x", "7802010011"],
    "ogrn": ["1027700132196", "304500116000158", "102770013219"],
    "bic": ["144525225", "04452522", "04452522x"],
    "account": ["407028104000000002", "4070281040000000022x"],
}

CODES = {
    "inn": "crm.requisites.wrong_inn",
    "kpp": "crm.requisites.wrong_kpp",
    "ogrn": "crm.requisites.wrong_ogrn",
    "bic": "crm.requisites.wrong_bic",
    "account": "crm.requisites.wrong_account",
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in RIGHT for text in RIGHT[name]])
def test_right_requisites_pass(name: str, text: str) -> None:
    requisites.check_requisites({}, {name: text})


@pytest.mark.parametrize(("name", "text"), [(name, text) for name in WRONG for text in WRONG[name]])
def test_wrong_requisites_are_refused_at_their_place(name: str, text: str) -> None:
    with pytest.raises(Exception) as caught:
        requisites.check_requisites({}, {name: text})
    assert (getattr(caught.value, "code", ""), getattr(caught.value, "place", "")) == (CODES[name], name)


@given(st.sampled_from([*RIGHT["inn"], *RIGHT["ogrn"]]), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(text: str, place: int, off: int) -> None:
    """A firm's INN and an OGRN catch any single digit; a person's INN has two check digits and does, too."""
    at = place % len(text)
    other = text[:at] + str((int(text[at]) + off) % 10) + text[at + 1 :]
    known = requisites.is_inn if text in RIGHT["inn"] else requisites.is_ogrn
    # The remainders 0 and 10 share a digit: by them, and by nothing else, a wrong one may pass.
    assert not known(other) or other[-1] == "0" or text[-1] == "0" or len(text) != 10


def test_an_account_belongs_to_its_bank() -> None:
    account = next(
        f"4070281{check}400000000225" for check in range(10)
        if requisites.is_account(f"4070281{check}400000000225", bic="044525225")
    )  # fmt: skip
    requisites.check_requisites({}, {"bic": "044525225", "account": account})
    with refused("crm.requisites.wrong_account"):
        requisites.check_requisites({"bic": "044525225", "account": account}, {"bic": "044525226", "account": account})


def test_what_stood_there_before_stays_though_it_is_wrong() -> None:
    requisites.check_requisites({"inn": "1", "title": "a"}, {"inn": "1", "title": "b"})
    with refused("kit.several"):
        requisites.check_requisites({}, {"inn": "1", "kpp": "2"})
