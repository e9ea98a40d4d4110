"""In whose name a letter goes out, to whom, and under which identity."""

import pytest

from potok.kit.errors import Refused
from potok.mail import rules
from potok.mail.rules import Heading, Mailbox

HOUSE = Mailbox("", "office@firm.example")
OURS = Mailbox("Анна Соколова", "anna@firm.example")
AWAY = Mailbox("Bob Petrov", "bob@post.example")

HEADINGS = {
    "the house writes in its own name": (None, "", Heading(HOUSE, "")),
    "a person of the house's domain writes from his own address": (OURS, "", Heading(OURS, "")),
    "a person of another domain writes under his name from the house's address, and gets the answers": (
        AWAY,
        "",
        Heading(Mailbox("Bob Petrov", "office@firm.example"), "bob@post.example"),
    ),
    "answers go where the caller says": (
        AWAY,
        "desk@firm.example",
        Heading(Mailbox("Bob Petrov", HOUSE.address), "desk@firm.example"),
    ),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_in_whose_name(case: str) -> None:
    person, reply_to, heading = HEADINGS[case]
    assert rules.headed(person=person, house=HOUSE, reply_to=reply_to) == heading


ADDRESSES = {
    "one": ("a@x.example", ["a@x.example"]),
    "commas and semicolons": ("a@x.example, b@x.example; c@x.example", ["a@x.example", "b@x.example", "c@x.example"]),
    "a name before it": ("Anna <a@x.example>", ["a@x.example"]),
    "twice is once": (["a@x.example", "a@x.example"], ["a@x.example"]),
    "nothing": (" ; ", []),
}


@pytest.mark.parametrize("case", ADDRESSES)
def test_addresses_are_read(case: str) -> None:
    given, found = ADDRESSES[case]
    assert rules.addresses(given) == found


@pytest.mark.parametrize("subject", ["Act\r\nBcc: all@x.example", "Act\nX: 1", "Act\u2028X", "Act\0"])
def test_a_subject_of_two_lines_is_refused(subject: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_letter(to=["a@x.example"], subject=subject, text="Hello", html="")
    assert refused.value.code == "mail.letter.broken_line"


def test_an_address_of_two_lines_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        rules.addresses(["a@x.example\r\nBcc: all@x.example"])
    assert refused.value.code == "mail.letter.wrong_address"


def test_the_same_ask_is_the_same_letter_and_another_text_is_another() -> None:
    first = rules.key_of("7:1", to=["a@x.example"], subject="Act", body="Hello")
    assert first == rules.key_of("7:1", to=["a@x.example"], subject="Act", body="Hello")
    assert first != rules.key_of("7:1", to=["a@x.example"], subject="Act", body="Hello again")
    assert rules.message_id(first, domain="firm.example") == rules.message_id(first, domain="firm.example")
