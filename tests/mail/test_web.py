"""The page of sent letters: who sees which, why one did not go, and the sealed frame of its text."""

from django.test import Client

from potok.kit.doors import opened
from potok.mail.models import Letter, Status
from potok.mail.public import letters
from potok.people.public import Person
from tests.company import Company
from tests.mail.conftest import Postman


def inside(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def written(company: Company) -> Letter:
    with opened(None, door="instance") as call:
        given = {"to": "client@home.example", "subject": "Акт № 7", "html": "<p>Ready</p>"}
        return letters.send(call, sender=company.alice.pk, **given)


def test_the_author_and_an_administrator_see_a_letter_and_others_do_not(company: Company) -> None:
    letter = written(company)
    for person, seen in ((company.alice, True), (company.ann, True), (company.carol, False)):
        client = inside(person)
        assert ("Акт № 7" in client.get("/letters/").content.decode()) == seen
        for url in (f"/letters/{letter.pk}", f"/letters/{letter.pk}/body"):
            assert client.get(url).status_code == (200 if seen else 404)


def test_without_a_server_the_page_says_what_to_do(company: Company, settings: object) -> None:
    settings.MAIL_URL = ""  # type: ignore[attr-defined]
    written(company)
    page = inside(company.alice).get("/letters/").content.decode()
    assert "POTOK_MAIL_URL" in page
    assert "Kept here" in page


def test_the_text_stands_in_a_frame_in_which_nothing_runs(company: Company) -> None:
    answer = inside(company.alice).get(f"/letters/{written(company).pk}/body")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_letter_that_failed_is_sent_again_by_who_may_send(company: Company, postman: Postman) -> None:
    letter = written(company)
    Letter.objects.filter(pk=letter.pk).update(status=Status.FAILED, problem="550 No such mailbox")
    assert "550 No such mailbox" in inside(company.ann).get(f"/letters/{letter.pk}").content.decode()
    assert inside(company.alice).post(f"/letters/{letter.pk}/sending").status_code == 403
    assert inside(company.ann).post(f"/letters/{letter.pk}/sending").status_code == 303
    letter.refresh_from_db()
    assert letter.status == Status.ON_ITS_WAY
