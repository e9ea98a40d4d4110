"""From a public form to a client in Chromium: a stranger asks, a manager converts him, plans a call and notes its end.

CR-8, CR-9, CR-10, CR-12, CR-13, CR-18, CR-20, CR-24.
"""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from tests.e2e.actor import PATIENCE_MS, Actor

Enter = Callable[[str], Actor]
ASKED = "Вызвать инженера"


def send(browser: Browser, address: str, *, phone: str, text: str) -> None:
    """A stranger fills in the form."""
    context = browser.new_context(locale="ru-RU")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Имя").fill("Вера Гусева")
    page.get_by_label("Телефон").fill(phone)
    page.get_by_label("Что вам нужно?").fill(text)
    page.get_by_label("Я согласен").check()
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_text("Заявка у нас")).to_be_visible()
    context.close()


def test_a_request_of_a_stranger_becomes_a_client(browser: Browser, enter: Enter) -> None:
    head, manager = enter("gromov"), enter("kuznetsova")
    head.go("/settings/forms/")
    address = head.page.locator("tr", has_text=ASKED).get_by_role("link", name="Открыть").get_attribute("href") or ""
    send(browser, address, phone="8 921 000-33-77", text="Не тянет вытяжка")

    manager.go("/leads/board")
    manager.page.get_by_role("link", name=ASKED).first.click()
    manager.page.get_by_role("link", name="Превратить в клиента").first.click()
    drawer = manager.page.locator("form[action$='/conversion']")
    expect(drawer.get_by_label("Новый контакт: Гусева Вера")).to_be_checked()
    drawer.get_by_role("button", name="Превратить в клиента").click()
    expect(manager.page.get_by_role("heading", name=ASKED)).to_be_visible()
    manager.page.wait_for_url("**/deals/*/")
    manager.page.wait_for_load_state("networkidle")
    deal = manager.page.url

    # The same person asks again: no second lead, and it stands on his deal, among what is to be done.
    send(browser, address, phone="+7 921 000 33 77", text="Когда приедете?")
    manager.go(f"{deal}?tab=tasks")
    expect(manager.page.locator("#to-do .item")).to_have_count(2)

    manager.page.get_by_role("link", name="Запланировать дело").click()
    form = manager.page.locator(".activity-form")
    form.get_by_label("Что сделать").fill("Договориться о выезде")
    form.get_by_label("Когда").fill("2030-01-15")
    form.get_by_role("button", name="Сохранить").click()
    expect(manager.page.locator("#to-do .item").first).to_contain_text("Договориться о выезде")

    manager.open("Договориться о выезде", about=ASKED)
    manager.detail.get_by_label("Итог").fill("Ждут в среду")
    manager.press("Сделано")
    manager.go(f"{deal}?tab=tasks")
    expect(manager.page.locator("#to-do .item", has_text="Договориться о выезде")).to_contain_text("Ждут в среду")
