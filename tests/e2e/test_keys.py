"""A list and the way through the product without a mouse: B4, under whatever keyboard layout."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor

Enter = Callable[[str], Actor]


def test_a_list_is_worked_through_by_keys(enter: Enter) -> None:
    head = enter("gromov")
    page, keys = head.page, head.page.keyboard
    head.go("/deals/?columns=title,stage,responsible,amount")
    editor = page.locator("td.edit form")
    keys.press("j")
    for key, column, escapes in (("s", "stage", 1), ("a", "responsible", 2)):
        keys.press(key)
        expect(page.locator(f"td.edit[data-cell='{column}'] form")).to_be_visible()
        for _ in range(escapes):  # what a picker offers closes first
            keys.press("Escape")
        expect(editor).to_have_count(0)
    # Under the Russian layout the same physical key says another letter.
    page.evaluate(
        """document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ы", code: "KeyS", bubbles: true}))"""
    )
    expect(page.locator("td.edit[data-cell='stage'] form")).to_be_visible()
    keys.press("Escape")
    expect(editor).to_have_count(0)
    keys.press("c")
    page.wait_for_url(re.compile(r"/deals/\d+/"))
    expect(page.locator("textarea[name=text]").first).to_be_focused()


def test_two_keys_lead_to_a_section_and_the_sheet_tells_which(enter: Enter) -> None:
    head = enter("gromov")
    page, keys = head.page, head.page.keyboard
    head.go("/deals/")
    keys.press("Shift+Slash")
    sheet = page.locator("dialog#keys")
    expect(sheet.get_by_role("heading", name="Перейти")).to_be_visible()
    expect(sheet.locator("li", has_text="Править строку")).to_have_count(1)
    keys.press("Escape")
    keys.press("g")
    keys.press("t")
    page.wait_for_url("**/tasks/**")
