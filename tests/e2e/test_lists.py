"""Lists and boards in Chromium: nested filters, widths of columns, cards moved by keys."""

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
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
NESTED = {
    "all": [
        {"field": "title", "operator": "filled"},
        {"any": [{"field": "amount", "operator": "at_least", "value": "1"},
                 {"all": [{"field": "comment", "operator": "filled"}, {"field": "company", "operator": "in"}]}]},
    ]
}  # fmt: skip


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk", "phone"])
def test_a_filter_of_groups_in_groups_is_made_by_keys(enter: Enter, window: dict[str, Any]) -> None:
    head = enter("gromov", **window)
    page = head.page
    head.go("/deals/?view=all")
    page.keyboard.press("Slash")
    outer = page.locator(".filter-editor > .filter-group")
    ask(add(outer, "row"), "title", "filled")
    ask(add(outer, "group"), "amount", "at_least", "1")
    inner = outer.locator("> .filter-parts > .filter-group")
    ask(add(inner, "group"), "comment", "filled")
    innermost = inner.locator("> .filter-parts > .filter-group")
    company = ask(add(innermost, "row"), "company", "in")
    company.get_by_role("combobox", name="Компания").fill("а")
    company.locator(".mi[role='option']").first.wait_for()
    page.keyboard.press("Enter")
    expect(company.locator(".picked")).to_have_count(1)
    assert complaints(page) == []
    page.locator(".filter-editor").get_by_role("button", name="Показать").press("Enter")
    page.wait_for_url(re.compile("filter="))
    assert without_chosen(shown(page)) == NESTED
    page.keyboard.press("Slash")
    expect(page.locator(".filter-group:visible")).to_have_count(3)
    # The last condition of a group takes the group with it.
    for rows in (3, 2):
        page.locator(".filter-group .filter-group .filter-group [data-filter-remove]").last.press("Enter")
        expect(page.locator(".filter-row:visible")).to_have_count(rows)
    expect(page.locator(".filter-group:visible")).to_have_count(2)


def add(group: Locator, what: str) -> Locator:
    """Press a button of a group by keys; the new row, once the server has told its tests."""
    rows = group.locator(".filter-row")
    was = rows.count()
    group.locator(f"> .filter-adds [data-filter-add='{what}']").press("Enter")
    expect(rows).to_have_count(was + 1)
    row = group.locator("> .filter-parts > :last-child").locator("xpath=descendant-or-self::*[@class='filter-row']")
    expect(row.locator("[name='test'] option")).not_to_have_count(0)
    return row


def ask(row: Locator, field: str, test: str, value: str = "") -> Locator:
    """Fill a row; after each choice the server draws anew what it leaves open."""
    for name, wanted in (("field", field), ("test", test)):
        row.locator(f"[name='{name}'] option[value='{wanted}']").wait_for(state="attached")
        row.locator(f"[name='{name}']").select_option(wanted)
        expect(row).not_to_have_attribute("aria-busy", "true")
    editor = row.locator(".filter-value .inp")
    expect(editor).to_have_count(0 if test == "filled" else 1)
    if value:
        editor.fill(value)
    return row


def shown(page: Page) -> Any:
    return json.loads(parse_qs(urlsplit(page.url).query)["filter"][0])


def without_chosen(term: Any) -> Any:
    """The filter without the records that were picked, of which a test knows no numbers."""
    if isinstance(term, list):
        return [without_chosen(one) for one in term]
    if not isinstance(term, dict):
        return term
    return {name: without_chosen(one) for name, one in term.items() if not (name == "value" and isinstance(one, list))}


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
