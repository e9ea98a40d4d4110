"""What people put in order by hand in Chromium, with the mouse and with keys: the fields of a card."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.actor import Actor

Enter = Callable[..., Actor]


def drag(page: Page, grip: Locator, to: Locator) -> None:
    grip.scroll_into_view_if_needed()
    from_, there = grip.bounding_box(), to.bounding_box()
    assert from_
    assert there
    page.mouse.move(from_["x"] + 8, from_["y"] + 10)
    page.mouse.down()
    page.mouse.move(there["x"] + 30, there["y"] + 2, steps=12)
    page.mouse.up()


def test_fields_of_a_card_are_moved_between_its_groups(enter: Enter) -> None:
    head = enter("sheremeteva")
    page = head.page
    head.go("/settings/deals/layout")
    expect(page.locator("potok-order[data-ready]").last).to_be_attached()
    client = page.locator(".layout-group").nth(1)
    contact = client.get_by_role("button", name="Передвинуть поле: Контакт")
    contact.press("ArrowUp")
    expect(contact).to_be_focused()
    drag(page, page.get_by_role("button", name="Передвинуть поле: Комментарий"), contact)
    expect(client.locator("[data-order-line]").first).to_have_attribute("data-order-line", "comment")
    page.get_by_role("button", name="Сохранить раскладку").click()
    page.wait_for_url(re.compile("/settings/deals/$"))
    head.go("/settings/deals/layout")
    lines = page.locator(".layout-group").nth(1).locator("[data-order-line]")
    assert [one.get_attribute("data-order-line") for one in lines.all()][:2] == ["comment", "contact"]
    page.get_by_role("button", name="Как было").click()
    page.wait_for_url(re.compile("/settings/deals/$"))
