"""People are invited by letters, which may be sent again and taken back; a forgotten password is replaced by one."""

import re
from email.message import EmailMessage

import pytest
from django.test import Client

from potok.kit import outbox
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.kit.models import EventRow, Outgoing
from potok.mail import people_letters
from potok.mail.models import Letter
from potok.people.models import Invitation, Person
from potok.people.operations import invitations, persons
from tests.company import Company
from tests.people.test_web import PASSWORD, inside, with_password


@pytest.fixture
def post(settings: object, monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """A mail server that keeps what it is given."""
    settings.MAIL_URL = "smtp://mail.firm.example?from=office@firm.example"  # type: ignore[attr-defined]
    letters: list[EmailMessage] = []

    def take(server: object, *, message: EmailMessage, to: list[str]) -> list[str]:
        letters.append(message)
        return []

    monkeypatch.setattr(people_letters, "hand_over", take)
    return letters


def carry() -> None:
    """Let everything that waits in the outbox leave the house."""
    for parcel in Outgoing.objects.filter(kind=people_letters.KIND, sent_at=None).order_by("pk"):
        outbox.carry.func(None, outgoing=parcel.pk)  # type: ignore[arg-type]


def link(letter: EmailMessage) -> str:
    body = letter.get_content()
    found = re.search(r"https?://[^/\s]+(/welcome/\S+)", body)
    assert found, body
    return found[1]


def invite(company: Company, person: Person) -> Invitation:
    with opened(company.ann.pk, door="screen") as call:
        return invitations.send(call, person=person)


def test_a_letter_invites_and_its_link_sets_the_password(company: Company, post: list[EmailMessage]) -> None:
    invite(company, company.eve)
    carry()
    [letter] = post
    assert letter["To"] == "eve@firm.example"
    assert "Ann Zimina invites you" in letter["Subject"]
    client = Client()
    assert client.post(link(letter), {"password": PASSWORD}).status_code == 303
    assert Invitation.objects.get().accepted_at
    assert "has signed in" in inside(company.ann).get("/people/invitations").content.decode()


def test_the_link_is_kept_nowhere(company: Company, post: list[EmailMessage]) -> None:
    invite(company, company.eve)
    carry()
    secret = link(post[0]).rpartition("/")[2]
    kept = [*EventRow.objects.values_list("payload", flat=True), *Outgoing.objects.values_list("payload", flat=True)]
    assert kept
    assert not any(secret in str(one) for one in kept)
    assert not Letter.objects.exists()


def test_a_second_letter_ends_the_link_of_the_first(company: Company, post: list[EmailMessage]) -> None:
    invite(company, company.eve)
    carry()
    client = inside(company.ann)
    assert client.post(f"/people/{company.eve.pk}/invitation/letter").status_code == 303
    carry()
    first, second = map(link, post)
    assert Client().get(first).status_code == 422
    assert Client().get(second).status_code == 200


def test_what_is_taken_back_lets_nobody_in_and_no_reset_helps(company: Company, post: list[EmailMessage]) -> None:
    invite(company, company.eve)
    carry()
    assert inside(company.ann).post(f"/people/{company.eve.pk}/invitation/revocation").status_code == 303
    assert Client().post(link(post[0]), {"password": PASSWORD}).status_code == 422
    Client().post("/forgotten", {"email": "eve@firm.example"})
    carry()
    assert len(post) == 1


def test_an_invitation_taken_back_before_it_left_is_not_sent(company: Company, post: list[EmailMessage]) -> None:
    invite(company, company.eve)
    with opened(company.ann.pk, door="screen") as call:
        invitations.revoke(call, person=company.eve)
    carry()
    assert post == []


def test_a_link_is_too_old_after_three_days(company: Company, post: list[EmailMessage], settings: object) -> None:
    invite(company, company.eve)
    carry()
    settings.PASSWORD_RESET_TIMEOUT = -1  # type: ignore[attr-defined]
    assert Client().get(link(post[0])).status_code == 422
    Invitation.objects.update(expires_at="2020-01-01T00:00Z")
    assert "too old" in inside(company.ann).get("/people/invitations").content.decode()


def test_there_is_nobody_to_invite_who_comes_in_already(company: Company, post: list[EmailMessage]) -> None:
    for refused, ask in (
        ("people.invitation.needless", lambda call: invitations.send(call, person=with_password(company.bob))),
        ("people.invitation.none", lambda call: invitations.revoke(call, person=company.carol)),
    ):
        with pytest.raises(Refused) as told, opened(company.ann.pk, door="screen") as call:
            ask(call)
        assert told.value.code == refused


def test_without_a_mail_server_a_link_is_handed_over_by_hand(company: Company) -> None:
    with pytest.raises(Refused) as told:
        invite(company, company.eve)
    assert told.value.code == "people.invitation.no_mail"
    assert "No mail server is connected" in inside(company.ann).get("/people/invitations").content.decode()


def test_whoever_adds_a_person_invites_him_at_once(company: Company, post: list[EmailMessage]) -> None:
    form = {"name": "Gleb", "email": "gleb@client.example", "is_external": "on", "invite": "on"}
    inside(company.ann).post("/people/new", form)
    carry()
    assert [letter["To"] for letter in post] == ["gleb@client.example"]


def test_a_forgotten_password_is_replaced_by_a_letter(company: Company, post: list[EmailMessage]) -> None:
    with_password(company.bob)
    client = Client(headers={"accept-language": "en"})
    said = [
        client.post("/forgotten", {"email": email}).content.decode() for email in ("Bob@firm.example", "no@x.example")
    ]
    known, unknown = (re.search(r'role="status">([^<]*)', page)[1].split() for page in said)  # type: ignore[index]
    assert [word for word in known if "@" not in word] == [word for word in unknown if "@" not in word]
    carry()
    [letter] = post
    assert Client().post(link(letter), {"password": "another long one"}).status_code == 303


def test_letters_for_one_login_are_not_asked_for_without_end(company: Company, post: list[EmailMessage]) -> None:
    with_password(company.bob)
    answers = [Client().post("/forgotten", {"email": "bob@firm.example"}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 422]


def test_nobody_asks_for_a_link_of_another(company: Company) -> None:
    from potok.people.operations import passwords

    with pytest.raises(Refused) as told, opened(company.carol.pk, door="rest") as call:
        passwords.ask(call, person=company.bob)
    assert told.value.code == "people.not_yours"


def test_a_dismissed_person_gets_no_letter(company: Company, post: list[EmailMessage]) -> None:
    with_password(company.bob)
    with opened(company.ann.pk, door="screen") as call:
        persons.dismiss(call, person=company.bob)
    Client().post("/forgotten", {"email": "bob@firm.example"})
    carry()
    assert post == []


@pytest.mark.parametrize("url", ["/people/{eve}/invitation/letter", "/people/{eve}/invitation/revocation"])
def test_one_without_rights_invites_nobody(company: Company, url: str) -> None:
    assert inside(company.carol).post(url.format(eve=company.eve.pk)).status_code == 403
    assert inside(company.carol).get("/people/invitations").status_code == 403
