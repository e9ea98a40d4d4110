"""Lists and boards in Chromium: nested filters, widths of columns, cards moved, all of it by keys, and on a phone."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.actor import Actor
from tests.e2e.test_every_page import complaints

Enter = Callable[..., Actor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}
NESTED = {
    "all": [
        {"field": "title", "operator": "filled"},
        {"any": [{"field": "amount", "operator": "at_least", "value": "1"},
                 {"all": [{"field": "comment", "operator": "filled"}, {"field": "company", "operator": "filled"}]}]},
    ]
}  # fmt: skip


def shown(page: Page) -> Any:
    return json.loads(parse_qs(urlsplit(page.url).query)["filter"][0])


def add(page: Page, group: Locator, what: str) -> None:
    """Press a button of a group by keys, and wait until the new row knows its tests."""
    with page.expect_response(re.compile("/filter/row")):
        group.locator(f"> .filter-adds [data-filter-add='{what}']").press("Enter")


def ask(page: Page, field: str, test: str, value: str = "") -> None:
    """Fill the row in which the keyboard stands."""
    row = page.locator(".filter-row:has(:focus)")
    for name, wanted in (("field", field), ("test", test)):
        select = row.locator(f"[name={name}]")
        if select.input_value() != wanted:
            with page.expect_response(re.compile("/filter/row")):
                select.select_option(wanted)
            row = page.locator(".filter-row:has(:focus)")
    if value:
        row.locator("[name^='value.']").fill(value)


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_a_filter_of_groups_in_groups_is_made_by_keys_and_kept_in_a_view(enter: Enter, window: dict[str, Any]) -> None:
    head = enter("gromov", **window)
    page = head.page
    head.go("/deals/?view=all")
    page.locator("#content").press("Slash")
    outer = page.locator(".filter-editor > .filter-group")
    add(page, outer, "row")
    ask(page, "title", "filled")
    add(page, outer, "group")
    ask(page, "amount", "at_least", "1")
    inner = outer.locator("> .filter-parts > .filter-group")
    add(page, inner, "group")
    ask(page, "comment", "filled")
    innermost = inner.locator("> .filter-parts > .filter-group")
    add(page, innermost, "row")
    ask(page, "company", "filled")
    assert complaints(page) == []
    page.locator(".filter-editor").get_by_role("button", name="Показать").press("Enter")
    page.wait_for_url(re.compile("filter="))
    assert shown(page) == NESTED
    page.locator("#content").press("Slash")
    expect(page.locator(".filter-group")).to_have_count(3)
    # The last condition of a group takes the group with it.
    for _row in range(2):
        page.locator(".filter-group .filter-group .filter-group [data-filter-remove]").last.press("Enter")
    expect(page.locator(".filter-group")).to_have_count(2)


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
