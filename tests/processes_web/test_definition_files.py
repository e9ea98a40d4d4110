"""A definition leaves as one readable text and comes in as a draft; foreign and later files are refused in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, Refused
from potok.processes.models import Definition
from potok.processes.operations import sharing
from tests.company import Company
from tests.processes.conftest import Publish
from tests.processes_web.conftest import Browser

PLAIN = """
definition: greet
title: Greeting
do:
  - {title: Rest, pause: {for: 1 day}}
"""


def send(client: Client, text: bytes) -> tuple[int, str]:
    answer = client.post("/definitions/file", {"file": SimpleUploadedFile("one.yaml", text)})
    return answer.status_code, answer.headers.get("HX-Trigger", "") + answer.content.decode()


def test_what_was_saved_comes_in_as_the_same_text_under_a_free_code(
    company: Company, publish: Publish, browser: Browser
) -> None:
    definition, client = publish(PLAIN), browser(company.ann)
    saved = client.get(f"/definitions/{definition.pk}/file")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="greet.yaml"'
    assert PLAIN.strip() in saved.content.decode()
    send(client, saved.content)
    made = Definition.objects.get(code="greet-2")
    assert (made.title, made.version) == ("Greeting", None)
    assert "definition: greet-2" in made.draft


def test_what_is_unknown_here_keeps_its_code_and_its_comments(company: Company, browser: Browser) -> None:
    send(browser(company.ann), b"# Potok definition, format 1\n# Written for guests\n" + PLAIN.strip().encode())
    assert "# Written for guests" in Definition.objects.get(code="greet").draft


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"# Potok definition, format 2\n" + PLAIN.encode(), "later release"),
        (b"\x89PNG\r\n\x1a\n", "no definition"),
        (b"name,phone\nAnn,7\n", "no definition"),
        (b"title: A list\nitems: [1, 2]\n", "no definition"),
        (b"{", "no definition"),
        (b"", "no definition"),
    ],
)
def test_a_foreign_or_later_file_is_refused_in_words(
    company: Company, browser: Browser, text: bytes, said: str
) -> None:
    status, answer = send(browser(company.ann), text)
    assert status == 422
    assert said in answer
    assert not Definition.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# Potok definition, format 2\n" + PLAIN, "processes.later_file"),
        ("title: A list\nitems: [1, 2]\n", "processes.foreign_file"),
    ],
)
def test_what_cannot_come_in_is_told_by_its_code(company: Company, text: str, code: str) -> None:
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as refused:
        sharing.take_in(call, text=text)
    assert refused.value.code == code


def test_what_cannot_be_read_cannot_be_copied(company: Company, publish: Publish) -> None:
    definition = publish(PLAIN)
    definition.draft = "do: [}"
    definition.save()
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as refused:
        sharing.duplicate(call, definition=definition, title="Farewell")
    assert refused.value.code == "processes.unreadable_definition"


def test_a_copy_has_its_own_name_and_is_not_published(company: Company, publish: Publish, browser: Browser) -> None:
    definition = publish(PLAIN)
    browser(company.ann).post(f"/definitions/{definition.pk}/copy", {"title": "Farewell"})
    made = Definition.objects.get(code="farewell")
    assert (made.title, made.version) == ("Farewell", None)
    assert "pause" in made.draft


@pytest.mark.parametrize("who", ["carol", "eve"])
@pytest.mark.parametrize("path", ["file", "{id}/file", "{id}/copy"])
def test_a_stranger_is_refused(company: Company, publish: Publish, browser: Browser, who: str, path: str) -> None:
    url = f"/definitions/{path.format(id=publish(PLAIN).pk)}"
    client = browser(getattr(company, who))
    assert client.get(url).status_code == 403
    if path != "{id}/file":
        assert (
            client.post(url, {"title": "Mine", "file": SimpleUploadedFile("a.yaml", PLAIN.encode())}).status_code == 403
        )


def test_the_operations_refuse_a_stranger_too(company: Company, publish: Publish) -> None:
    definition = publish(PLAIN)
    with pytest.raises(Refused) as taken, opened(company.carol.pk, door="screen") as call:
        sharing.take_in(call, text=PLAIN)
    with pytest.raises(Refused) as copied, opened(company.carol.pk, door="screen") as call:
        sharing.duplicate(call, definition=definition, title="Mine")
    assert taken.value.code == copied.value.code == FORBIDDEN.code
    assert Definition.objects.count() == 1
