"""Lists and boards in Chromium: widths of columns, and cards moved by keys."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.actor import Actor

Enter = Callable[..., Actor]
DESK = {"viewport": {"width": 1280, "height": 800}}


def test_a_column_is_pulled_wider_and_stays_so_in_its_view(enter: Enter) -> None:
    head = enter("gromov", **DESK)
    page = head.page
    head.go("/companies/")
    edge = page.locator("[data-grip='title']")
    wide = head_of(page)
    box = edge.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 84, box["y"] + 8, steps=5)
    with page.expect_response(re.compile("/widths")):
        page.mouse.up()
    assert head_of(page) == pytest.approx(wide + 80, abs=3)
    with page.expect_response(re.compile("/widths")):
        edge.press("Shift+ArrowLeft")
    kept = head_of(page)
    assert kept == pytest.approx(wide + 16, abs=3)
    page.reload()
    assert head_of(page) == pytest.approx(kept, abs=1)
    with page.expect_response(re.compile("/widths")):
        edge.press("Delete")
    assert head_of(page) == pytest.approx(wide, abs=1)


def head_of(page: Page) -> float:
    box = page.locator("th[data-column='title']").bounding_box()
    assert box
    return box["width"]


def test_a_card_of_the_board_is_walked_to_and_moved_by_keys(enter: Enter) -> None:
    head = enter("gromov", **DESK)
    page, keys = head.page, head.page.keyboard
    head.go("/deals/board")
    expect(page.locator("potok-board[data-ready]")).to_be_visible()
    keys.press("j")
    card = page.locator(".board-card:has(:focus)")
    expect(card).to_have_count(1)
    number = card.get_attribute("data-card")
    was = page.locator(f"[data-column]:has([data-card='{number}'])").get_attribute("data-column")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    expect(page.locator(f"[data-card='{number}']:has(:focus)")).to_have_count(1)
    with page.expect_response(lambda answer: answer.request.method == "POST") as moved:
        keys.press("Shift+ArrowRight")
    assert moved.value.ok
    expect(page.locator(f"[data-column='{was}'] [data-card='{number}']")).to_have_count(0)
    expect(page.locator(f"[data-card='{number}']:has(:focus)")).to_have_count(1)
    keys.press("s")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        keys.press("Enter")
    expect(page.locator(f"[data-column='{was}'] [data-card='{number}']")).to_have_count(1)
