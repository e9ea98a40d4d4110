"""The manual in the product: in the reader's language, and nothing but the manual."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from potok.processes.palette import palette
from potok.ui import manual
from tests.company import Company

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(company: Company) -> Client:
    client = Client()
    client.force_login(company.bob)
    return client


def shown(reader: Client, place: str, *, language: str = "en") -> str:
    answer = reader.get(f"/ui/help/{place}", headers={"Accept-Language": language})
    assert answer.status_code == 200, place
    return answer.content.decode()


def test_every_block_has_a_page_that_its_form_leads_to(reader: Client) -> None:
    for each in palette():
        if each["group"] == "tests":
            continue  # made by other tests
        place = reverse("ui:manual", args=["reference/blocks/"]) + f"{each['name']}.md"
        assert reader.get(place).status_code == 200, place


def test_the_reader_s_language_is_taken_where_the_page_speaks_it(company: Company, reader: Client) -> None:
    told = {}
    for language in ("ru", "en"):
        type(company.bob).objects.filter(pk=company.bob.pk).update(language=language)
        told[language] = [re.findall(r"<h1[^>]*>([^<]+)", shown(reader, place, language=language))[0] for place in
                          ("", "reference/blocks.md", "reference/tree.md")]  # fmt: skip
    assert told["ru"] == ["Справка", "Блоки", "Definitions as a block tree"]
    assert told["en"] == ["Manual", "Blocks", "Definitions as a block tree"]


@pytest.mark.parametrize(
    "place", ["../pyproject.toml", "%2e%2e/pyproject.toml", "progress.md", "decisions", "guides", "nowhere.md",
              "learn/../../README.md", "reference/../decisions/0009-scopes.md"]
)  # fmt: skip
def test_nothing_else_is_shown(reader: Client, place: str) -> None:
    assert reader.get(f"/ui/help/{place}").status_code == 404


def test_strangers_are_asked_to_sign_in(company: Company) -> None:
    assert Client().get("/ui/help/").status_code == 302


def test_html_in_a_text_stays_text(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One <b>\n\n<script>alert(1)</script> [x](javascript:alert(1))\n\n## Second part\n")
    title, text = manual.read(page)
    assert title == "One <b>"
    assert "<script" not in text
    assert "href" not in text
    assert '<h2 id="second-part">' in text
