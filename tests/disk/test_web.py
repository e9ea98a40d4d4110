"""Files over the web: kept by a POST, given back to who may see them, never run."""

import io

import pytest
from django.http import FileResponse
from django.test import Client

from potok.disk.models import File
from potok.disk.public import Place, files
from potok.kit.doors import opened
from potok.people.public import Person
from tests.company import Company

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
PDF = b"%PDF-1.7\n" + b"\0" * 64


def inside(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def added(company: Company, *, name: str = "Акт № 7.png", content: bytes = PNG, on: Place | None = None) -> File:
    with opened(company.alice.pk, door="screen") as call:
        return files.add(call, name=name, content=content, on=on)


def body(answer: FileResponse) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def test_an_uploaded_file_answers_with_its_line(company: Company) -> None:
    given = io.BytesIO(PNG)
    given.name = "scan.png"
    answer = inside(company.alice).post("/files/", {"scans": given})
    file = File.objects.get()
    assert answer.status_code == 201
    assert f'<input type="hidden" name="scans" value="{file.pk}">' in answer.content.decode()


@pytest.mark.parametrize("name", ["virus.exe", ""])
def test_a_refused_upload_says_why(company: Company, name: str) -> None:
    given = io.BytesIO(PNG)
    given.name = name
    answer = inside(company.alice).post("/files/", {"scans": given} if name else {}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "disk.file." in answer["HX-Trigger"]
    assert not File.objects.exists()


def test_a_download_keeps_its_name_and_cannot_run(company: Company) -> None:
    answer = inside(company.alice).get(added(company).url)
    assert body(answer) == PNG  # type: ignore[arg-type]
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%D0%90%D0%BA%D1%82%20%E2%84%96%207.png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    ("name", "content", "inline"),
    [
        ("a.png", PNG, True),
        ("a.pdf", PDF, True),
        ("a.html", b"<script>x()</script>", False),
        ("a.svg", b"<svg/>", False),
    ],
)
def test_only_what_cannot_carry_a_script_is_shown_in_place(
    company: Company, name: str, content: bytes, inline: bool
) -> None:
    file = added(company, name=name, content=content)
    assert bool(file.inline_url) == inline
    answer = inside(company.alice).get(f"{file.url}?inline=1")
    body(answer)  # type: ignore[arg-type]
    assert answer["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_rights_come_from_what_a_file_hangs_on(company: Company, binder: Place) -> None:
    file = added(company, on=binder)
    answer = inside(company.bob).get(file.url)
    assert answer.status_code == 200
    body(answer)  # type: ignore[arg-type]
    assert inside(company.carol).get(file.url).status_code == 404
    assert Client().get(file.url).status_code == 302
