"""Letters reach a real server whole, once, in the right name; what cannot be sent is kept and said."""

import pytest

from potok.kit import outbox
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused, Trouble
from potok.kit.models import Outgoing
from potok.mail import public as mail
from potok.mail.models import Letter, Status
from potok.mail.public import letters
from potok.notify.public import Notice
from tests.company import Company
from tests.mail.conftest import Postman


def written(company: Company, **given: object) -> Letter:
    said = {"to": "client@home.example", "subject": "Акт № 7", "html": "<p>Здравствуйте!</p><p>Акт готов.</p>", **given}
    with opened(None, door="instance", key="7:3:1") as call:
        return letters.send(call, sender=company.alice.pk, **said)  # type: ignore[arg-type]


def carried() -> None:
    for parcel in Outgoing.objects.filter(kind="mail", sent_at=None, failed_at=None):
        outbox.carry.func(None, parcel.pk)


def test_a_letter_arrives_with_text_and_html_in_the_managers_name(company: Company, postman: Postman) -> None:
    letter = written(company)
    carried()
    [paper] = postman.letters
    assert (paper["Subject"], paper["From"], paper["Reply-To"]) == (
        "Акт № 7",
        "Alice Orlova <alice@firm.example>",
        None,
    )
    assert paper["Message-ID"] == letter.message_id
    body, html = paper.get_body(("plain",)), paper.get_body(("html",))
    assert body is not None
    assert html is not None
    assert body.get_content().split() == ["Здравствуйте!", "Акт", "готов."]
    assert "<p>Акт готов.</p>" in html.get_content()
    letter.refresh_from_db()
    assert (letter.status, letter.problem) == (Status.SENT, "")


def test_a_name_in_russian_and_an_address_of_another_domain(company: Company, postman: Postman) -> None:
    with opened(None, door="start_up") as call:
        from potok.people.public import persons

        persons.change(call, person=company.alice, name="Анна", surname="Соколова", email="anna@post.example")
    written(company)
    carried()
    [paper] = postman.letters
    assert (paper["From"], paper["Reply-To"]) == ("Анна Соколова <office@firm.example>", "anna@post.example")


def test_nothing_that_runs_survives_in_the_html(company: Company, postman: Postman) -> None:
    letter = written(company, html='<p onclick="x()">Hi<script>alert(1)</script></p><a href="javascript:x()">a</a>')
    assert "script" not in letter.html
    assert "onclick" not in letter.html


def test_the_same_letter_asked_for_twice_is_one(company: Company, postman: Postman) -> None:
    assert written(company).pk == written(company).pk
    assert written(company, subject="Another").pk != written(company).pk
    carried()
    assert len(postman.letters) == 2


def test_a_busy_server_is_tried_again_with_the_same_identity(company: Company, postman: Postman) -> None:
    letter = written(company)
    postman.answers.append("451 Try again later")
    with pytest.raises(Trouble):
        carried()
    letter.refresh_from_db()
    assert letter.status == Status.ON_ITS_WAY
    assert "451" in letter.problem
    carried()
    assert [paper["Message-ID"] for paper in postman.letters] == [letter.message_id]


def test_a_crash_after_the_servers_yes_sends_at_most_twice_with_one_identity(
    company: Company, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = written(company)

    class Killed(BaseException):
        pass

    def killed() -> None:
        raise Killed

    with monkeypatch.context() as killing, pytest.raises(Killed):
        killing.setattr("potok.mail.carrying.clock.now", killed)
        carried()
    carried()
    carried()
    assert [paper["Message-ID"] for paper in postman.letters] == [letter.message_id] * 2


def test_an_address_that_is_refused_for_good_fails_and_the_author_is_told(company: Company, postman: Postman) -> None:
    postman.refused.add("client@home.example")
    letter = written(company)
    carried()
    letter.refresh_from_db()
    assert letter.status == Status.FAILED
    assert "550" in letter.problem
    notice = Notice.objects.get(to=company.alice)
    assert (notice.kind, notice.url) == ("mail.failed", f"/letters/{letter.pk}")


def test_one_refused_address_of_two_does_not_hold_the_letter(company: Company, postman: Postman) -> None:
    postman.refused.add("gone@home.example")
    letter = written(company, cc="gone@home.example")
    carried()
    letter.refresh_from_db()
    assert letter.status == Status.SENT
    assert "gone@home.example" in letter.problem


def test_without_a_server_a_letter_is_kept_and_sent_when_there_is_one(
    company: Company, postman: Postman, settings: object
) -> None:
    settings.MAIL_URL = ""  # type: ignore[attr-defined]
    letter = written(company)
    assert letter.status == Status.KEPT
    with pytest.raises(Refused) as refused, opened(None, door="screen") as call:
        letters.resend(call, letter=letter)
    assert refused.value.code == "mail.letter.no_server"
    settings.MAIL_URL = postman.url  # type: ignore[attr-defined]
    with opened(None, door="screen") as call:
        letters.resend(call, letter=letter)
    carried()
    assert [paper["Message-ID"] for paper in postman.letters] == [letter.message_id]
    with pytest.raises(Refused) as refused, opened(None, door="screen") as call:
        letters.resend(call, letter=letter)
    assert refused.value.code == "mail.letter.sent_already"


def test_a_server_that_is_away_is_passing_trouble(company: Company, postman: Postman, settings: object) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"  # type: ignore[attr-defined]
    letter = written(company)
    with pytest.raises(Trouble) as trouble:
        carried()
    assert not trouble.value.lasting
    letter.refresh_from_db()
    assert "127.0.0.1:1" in letter.problem


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": ""}, "mail.letter.nobody"),
        ({"to": "client"}, "mail.letter.wrong_address"),
        ({"to": "client@home.example\nBcc: all@home.example"}, "mail.letter.wrong_address"),
        ({"subject": " "}, "mail.letter.untitled"),
        ({"subject": "Act\r\nBcc: all@home.example"}, "mail.letter.broken_line"),
        ({"html": "", "text": " "}, "mail.letter.empty"),
    ],
)
def test_a_letter_that_cannot_go_is_refused(company: Company, given: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        written(company, **given)
    assert refused.value.code == code


def test_a_stranger_sends_and_resends_nothing(company: Company) -> None:
    letter = written(company)
    given = {"to": "client@home.example", "subject": "Act", "text": "Hello"}
    with opened(company.eve.pk, door="rest") as call:
        assert isinstance(letters.send.many([(call, given)])[0], Forbidden)
        assert isinstance(letters.resend.many([(call, {"letter": letter})])[0], Forbidden)


def test_a_person_writes_only_in_his_own_name(company: Company) -> None:
    company.grant("mail.letter.send", to=company.bob)
    given = {"to": "client@home.example", "subject": "Act", "text": "Hello"}
    with opened(company.bob.pk, door="screen") as call:
        assert letters.send(call, **given).by_id == company.bob.pk
        with pytest.raises(Refused) as refused:
            letters.send(call, sender=company.alice.pk, **given)
    assert refused.value.code == "mail.letter.foreign_name"


def test_a_person_reads_his_own_letters_and_an_administrator_all(company: Company) -> None:
    letter = written(company)
    assert list(mail.visible_to(company.alice.pk)) == [letter]
    assert list(mail.visible_to(company.bob.pk)) == []
    assert list(mail.visible_to(company.ann.pk)) == [letter]
