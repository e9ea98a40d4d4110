"""Files go with letters whole, under safe names, to whoever may have them."""

import pytest
from django.test import Client

from potok.disk import public as disk
from potok.disk.public import File, files
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.mail import rules
from potok.mail.models import Letter, Status
from potok.mail.public import letters
from potok.people.public import Person
from tests.company import Company
from tests.mail.conftest import Postman
from tests.mail.test_letters import carried


def stored(person: Person, name: str = "Акт № 7.pdf", content: bytes = b"%PDF-1.7 act") -> File:
    with opened(person.pk, door="screen") as call:
        return files.add(call, name=name, content=content)


def written(company: Company, *given: File, by: int | None = None, key: str = "7:3:1") -> Letter:
    said = {"to": "client@home.example", "subject": "Act", "html": "<p>Here</p>"}
    with opened(by, door="instance", key=key) as call:
        letter: Letter = letters.send(call, sender=company.alice.pk, files=[one.pk for one in given], **said)
    return letter


@pytest.mark.parametrize(
    ("name", "arrives"),
    [
        ("Акт № 7.pdf", "Акт № 7.pdf"),
        ("../a\r\nBcc: all@firm.example.txt", "aBcc: all@firm.example.txt"),
    ],
)
def test_a_file_arrives_whole_under_a_name_that_is_a_name(
    company: Company, postman: Postman, name: str, arrives: str
) -> None:
    file = stored(company.alice, name, b"\x00whole\r\n")
    written(company, file)
    carried()
    [paper] = postman.letters
    [enclosed] = paper.iter_attachments()
    assert enclosed.get_filename() == arrives
    assert enclosed.get_payload(decode=True) == b"\x00whole\r\n"
    assert paper["Bcc"] is None
    html = paper.get_body(("html",))
    assert html is not None
    assert "Here" in html.get_content()


def test_what_was_sent_stays_when_its_file_is_removed(company: Company, postman: Postman) -> None:
    file = stored(company.alice)
    letter = written(company, file)
    with opened(company.alice.pk, door="screen") as call:
        files.remove(call, file=file)
    carried()
    assert [one.get_filename() for one in postman.letters[0].iter_attachments()] == ["Акт № 7.pdf"]
    assert Letter.objects.get(pk=letter.pk).status == Status.SENT


def test_the_same_ask_sends_its_files_once(company: Company, postman: Postman) -> None:
    file = stored(company.alice)
    first, second = written(company, file), written(company, file)
    carried()
    assert (first.pk, len(postman.letters)) == (second.pk, 1)
    assert File.objects.filter(hangs_kind="letter").count() == 1
    assert written(company, stored(company.alice, "Other.pdf", b"%PDF other")).pk != first.pk


def test_whoever_reads_the_letter_fetches_its_files_and_others_do_not(company: Company) -> None:
    letter = written(company, stored(company.alice))
    copy = File.objects.get(hangs_kind="letter", hangs_id=letter.pk)
    seen = {}
    for person in (company.alice, company.ann, company.carol):
        client = Client()
        client.force_login(person)
        seen[person.pk] = bool(disk.by_id([copy.pk], by=person.pk))
        assert ("Акт № 7.pdf" in client.get(f"/letters/{letter.pk}").content.decode()) is (person != company.carol)
    assert seen == {company.alice.pk: True, company.ann.pk: True, company.carol.pk: False}


def test_nobody_sends_a_file_that_he_does_not_see(company: Company) -> None:
    company.grant("mail.letter.send", to=company.alice)
    with pytest.raises(Refused) as refused:
        written(company, stored(company.carol), by=company.alice.pk)
    assert refused.value.code == "kit.missing"


def test_files_that_no_server_would_take_are_refused_beforehand() -> None:
    rules.check_files([rules.FILES_MEGABYTES_MAX * 1024 * 1024])
    for sizes in ([rules.FILES_MEGABYTES_MAX * 1024 * 1024, 1], [1] * (rules.FILES_MAX + 1)):
        with pytest.raises(Refused) as refused:
            rules.check_files(sizes)
        assert refused.value.code == "mail.letter.too_heavy"


def test_a_letter_whose_file_is_lost_has_failed_and_says_so(company: Company, postman: Postman) -> None:
    from potok.disk import store

    letter = written(company, stored(company.alice, "lost.txt", b"to be lost by the disk"))
    store.path(File.objects.get(hangs_kind="letter").digest).unlink()
    carried()
    letter.refresh_from_db()
    assert (letter.status, postman.letters) == (Status.FAILED, [])
    assert "lost.txt" in letter.problem
