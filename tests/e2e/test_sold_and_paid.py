"""CR-21 in Chromium: goods on a deal, an invoice for them, the money comes, and the process of S0 begins by itself."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.actor import Actor

DEAL = "Дымоудаление в атриуме"
Enter = Callable[[str], Actor]


def choose(page: Page, menu: str, item: str) -> None:
    """Open a menu of the card's head and press a line of it."""
    page.locator(".record-head").get_by_role("button", name=menu).click()
    with page.expect_navigation():
        page.get_by_role("menuitem", name=item).click()


def answered(page: Page, act: Callable[[], object]) -> None:
    """Do something that is kept on the server, and wait until it is."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as response:
        act()
    assert response.value.ok, f"{response.value.status} {response.value.text()}"


def test_a_paid_invoice_moves_the_deal_and_begins_its_process(enter: Enter) -> None:
    manager, accountant, head = enter("tikhonov"), enter("lebedeva"), enter("gromov")
    page = manager.page

    # Goods are found by article, and by the wrong keyboard layout; what is in no list becomes a line of its own.
    manager.go("/deals/board")
    manager.go(manager.card(DEAL).get_by_role("link").first.get_attribute("href") or "")
    page.get_by_role("link", name="Товары").last.click()
    adding = page.get_by_label("Добавить товары")
    own_line = "Подъём оборудования на крышу"
    lines = page.locator(".goods-line")
    asked = (("AU-01", "Шкаф автоматики"), ("dstpl", "Выезд инженера"), (own_line, own_line))
    for place, (typed, found) in enumerate(asked, 1):
        adding.fill(typed)
        expect(page.locator(".goods-add [role='option']").first).to_contain_text(found)
        answered(page, lambda: adding.press("Enter"))
        expect(lines).to_have_count(place)
        expect(adding).to_have_value("")
    price = lines.last.get_by_label("Цена")
    price.fill("12 500,50")
    price.press("Enter")
    expect(lines.last.locator("output")).to_have_text(re.compile("12.500,50"))
    lines.first.get_by_label("Количество").fill("2")
    page.keyboard.press("Tab")
    expect(lines.first.locator("output")).to_have_text(re.compile("236.000"))
    expect(page.locator(".goods-total")).to_contain_text(re.compile("271.500,50"))

    # The amount had been typed before there were goods: it stays until he takes it from them.
    expect(page.locator(".record-sum")).to_have_text(re.compile("730.000"))
    answered(page, lambda: page.get_by_role("button", name="Считать по товарам").click())
    expect(page.locator(".record-sum")).to_have_text(re.compile("271.500,50"))

    choose(page, "Выписать", "Счёт")
    expect(page.locator("h1").first).to_contain_text("черновик")
    with page.expect_navigation():
        page.get_by_role("button", name="Выставить").click()
    expect(page.locator("h1").first).to_contain_text("Счёт №")
    address = page.url.removeprefix(manager.base).partition("?")[0]
    manager.go(f"{address}print")
    expect(page.locator("main")).to_contain_text("Двести семьдесят одна тысяча пятьсот рублей 50 копеек")
    expect(page.locator("main")).to_contain_text("7810000019")

    # Part of the money, then the rest; the head's counter grows by itself.
    head.go("/inbox/")
    waiting = head.waiting()
    accountant.go(f"{address}?tab=payments")
    accountant.page.locator(".record-main").get_by_label("Сумма", exact=True).fill("100 000")
    with accountant.page.expect_navigation():
        accountant.page.get_by_role("button", name="Внести оплату").click()
    expect(accountant.page.locator(".record-head")).to_contain_text("Оплачен частично")
    with accountant.page.expect_navigation():
        accountant.page.locator(".record-head").get_by_role("button", name="Оплачен", exact=True).click()
    expect(accountant.page.locator(".record-facts")).to_contain_text(re.compile("271.500,50"))

    manager.stands(DEAL, "Оплачено")
    head.waits(waiting + 1)
    head.open("Выберите сотрудника", about=DEAL)
