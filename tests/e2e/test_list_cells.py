"""Cells of a list as a spreadsheet has them (B6), with the way back (B8), on deals of one's own."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.actor import Actor
from tests.e2e.test_every_page import complaints

Enter = Callable[..., Actor]
DESK = {"viewport": {"width": 1280, "height": 800}}
COLUMNS = "title,amount,comment"


def test_cells_are_walked_typed_into_and_pasted_like_a_spreadsheet(enter: Enter) -> None:
    head = enter("gromov", **DESK)
    page, keys = head.page, head.page.keyboard
    for number in (1, 2, 3):
        make(head, f"Клетки {number}")
    head.go(f"/deals/?view=all&columns={COLUMNS}&sort=title&q=Клетки")
    expect(page.locator("[data-row]")).to_have_count(3)

    typed(cell(page, 0, "comment"), "первая")
    keys.press("Control+Enter")
    expect(cell(page, 0, "comment")).to_have_text("первая")
    expect(cell(page, 1, "comment")).to_be_focused()
    typed(cell(page, 1, "comment"), "не будет сохранено")
    keys.press("Escape")
    expect(cell(page, 1, "comment")).not_to_contain_text("сохранено")
    expect(cell(page, 1, "comment")).to_be_focused()

    typed(cell(page, 0, "amount"), "1700")
    keys.press("Enter")
    expect(cell(page, 0, "amount")).to_have_text(re.compile(r"1.700"))
    expect(cell(page, 1, "amount")).to_be_focused()
    typed(cell(page, 1, "amount"), "много")
    keys.press("Enter")
    expect(cell(page, 1, "amount").locator(".err")).to_be_visible()
    assert complaints(page) == []
    cell(page, 1, "amount").locator("input").first.fill("2500")
    keys.press("Tab")
    expect(cell(page, 1, "amount")).to_have_text(re.compile(r"2.500"))
    expect(cell(page, 1, "comment").locator("form")).to_be_visible()
    keys.press("Escape")

    paste(cell(page, 0, "amount"), "100\tраз\n200\tдва\nтриста\tтри")
    expect(cell(page, 1, "comment")).to_have_text("два")
    refused = cell(page, 2, "amount")
    expect(refused.locator(".err")).to_be_visible()
    expect(refused).to_be_focused()
    expect(cell(page, 2, "comment")).not_to_contain_text("три")
    assert complaints(page) == []
    # The whole block goes back at once.
    toast = page.locator("potok-toasts .toast", has_text="Вставлено ячеек: 4")
    toast.get_by_role("button", name="Отменить").click()
    expect(cell(page, 0, "comment")).to_have_text("первая")
    expect(cell(page, 1, "amount")).to_have_text(re.compile(r"2.500"))
    expect(refused.locator(".err")).to_be_visible()
    refused.press("Enter")
    expect(refused.locator(".err")).to_have_count(0)
    # The browser itself writes down what the server refuses.
    assert all("422" in said for said in head.complaints)
    head.complaints.clear()


def make(actor: Actor, title: str) -> None:
    actor.go("/deals/new")
    actor.page.get_by_label("Название", exact=True).fill(title)
    actor.page.get_by_label("Название", exact=True).press("Control+Enter")
    actor.page.wait_for_url(re.compile(r"/deals/\d+/"))


def cell(page: Page, row: int, name: str) -> Locator:
    return page.locator("[data-row]").nth(row).locator(f"[data-cell='{name}']")


def typed(at: Locator, text: str) -> None:
    """Open a cell by keys and type instead of what stands there."""
    at.click()
    at.press("F2")
    editor = at.locator("input:not([type='hidden']), textarea").first
    expect(editor).to_be_focused()
    editor.fill(text)


def paste(at: Locator, block: str) -> None:
    at.click()
    expect(at).to_be_focused()
    at.evaluate(
        """(cell, block) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", block);
            cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        block,
    )
