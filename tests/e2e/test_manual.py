"""The manual is reached from where it is needed, and reads for everybody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.actor import Actor
from tests.e2e.test_every_page import DESK, LOOKS, PHONE, RULES, complaints

Enter = Callable[..., Actor]
PAGES = ("", "learn/first-process.md", "guides/analysts.md", "reference/blocks.md", "reference/blocks/approve.md",
         "reference/functions.md")  # fmt: skip


@pytest.mark.parametrize(("window", "rules"), [(DESK, RULES), (PHONE, LOOKS)], ids=["desk by day", "phone by night"])
def test_the_manual_reads_for_everybody(enter: Enter, window: dict[str, Any], rules: dict[str, Any]) -> None:
    reader = enter("akhmetov", **window)
    found = {}
    for page in PAGES:
        reader.go(f"/ui/help/{page}")
        found[page] = complaints(reader.page, rules=rules)
    assert found == {page: [] for page in PAGES}


def test_the_form_of_a_block_leads_to_its_page(enter: Enter) -> None:
    author = enter("sheremeteva")
    page = author.page
    author.go("/definitions/draw")
    page.locator("input[name=title]").fill("Справка под рукой")
    page.locator("main form button[type=submit].pri").click()
    page.wait_for_url("**/drawing")
    page.locator(".palette-item[data-kind=approve]").click()
    with author.context.expect_page() as opened:
        page.get_by_role("link", name="Что делает «Согласовать»: справка").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Согласовать")
    opened.value.get_by_role("link", name="Все блоки").click()
    expect(opened.value).to_have_url(re.compile(r"/ui/help/reference/blocks\.ru\.md$"))
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Блоки")
