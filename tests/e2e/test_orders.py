"""What people put in order by hand in Chromium, with the mouse and with keys: the fields of a card, lines of goods."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.actor import Actor

Enter = Callable[..., Actor]
TALL = {"viewport": {"width": 1280, "height": 1600}}  # both ends of a way stand on the screen


BEFORE = "each => each.closest('[data-order-line]').previousElementSibling?.dataset.orderLine"
NAME = "each => each.closest('[data-order-line]').dataset.orderLine"


def drag(page: Page, grip: Locator, to: Locator) -> None:
    """Drag a line to before the one of another grip; lines make way while the hand comes, so it looks again."""
    grip.scroll_into_view_if_needed()
    held, start = grip.evaluate(NAME), grip.bounding_box()
    assert start
    page.mouse.move(start["x"] + 8, start["y"] + 10)
    page.mouse.down()
    for step in range(30):
        there = to.bounding_box()
        assert there
        page.mouse.move(there["x"] + 30, there["y"] + 2 + step % 3, steps=4)
        if to.evaluate(BEFORE) == held:
            break
    page.mouse.up()
    assert to.evaluate(BEFORE) == held


def test_fields_of_a_card_are_moved_between_its_groups(enter: Enter) -> None:
    head = enter("sheremeteva", **TALL)
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


def titles(page: Page) -> list[str]:
    return [one.input_value() for one in page.locator(".goods-line [name=title]").all()]


def kept(page: Page, act: Callable[[], object]) -> None:
    with page.expect_response(lambda answer: answer.request.method == "POST") as response:
        act()
    assert response.value.ok


def test_lines_of_goods_are_moved_by_keys_and_by_mouse(enter: Enter) -> None:
    seller = enter("sheremeteva", **TALL)
    page = seller.page
    seller.go("/deals/")
    href = page.locator("table.of-records a[href^='/deals/'][data-drawer]").last.get_attribute("href")
    assert href
    seller.go(f"{href}?tab=lines")
    adding, lines = page.get_by_label("Добавить товары"), page.locator(".goods-line")
    expect(adding).to_be_visible()
    there = lines.count()
    for place, title in enumerate(("Фильтр на заказ", "Монтаж под ключ", "Доставка до места"), there + 1):
        adding.fill(title)
        expect(page.locator(".goods-add [role='option']").first).to_contain_text(title)
        kept(page, lambda: adding.press("Enter"))
        expect(lines).to_have_count(place)
    page.reload()
    expect(page.locator("potok-order.goods-lines[data-ready]")).to_be_attached()
    stood = titles(page)
    last = page.get_by_role("button", name="Передвинуть строку: Доставка до места")
    kept(page, lambda: last.press("ArrowUp"))
    moved = [*stood[:-2], stood[-1], stood[-2]]
    expect(last).to_be_focused()
    assert titles(page) == moved
    page.reload()
    expect(lines).to_have_count(there + 3)
    assert titles(page) == moved
    expect(page.locator("potok-order.goods-lines[data-ready]")).to_be_attached()
    first = page.locator(f"#{lines.first.get_attribute('id')}")  # it itself, wherever it goes
    kept(page, lambda: drag(page, last, first))
    page.reload()
    expect(lines).to_have_count(there + 3)
    assert titles(page) == [moved[-2], *moved[:-2], moved[-1]]
