"""A spreadsheet in cp1251 in Chromium: columns, the trial, what waits for an answer, the records, all of it back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.actor import Actor

axe = pytest.importorskip("axe_playwright_python.base")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

Enter = Callable[[str], Actor]
ROWS = (
    "Наименование;Телефон;E-mail;Адрес",
    "ТСЖ «Лесной квартал»;8 (812) 000-41-01;lesnoy@tsj.example;СПб, Лесной пр., 1",
    "ТСЖ «Озёрная улица»;8 (812) 000-41-02;;СПб, Озёрная, 2",
    "ТСЖ «Без телефона»;нет;;",
)


def send(head: Actor, name: str, rows: tuple[str, ...]) -> None:
    """Choose a file, and come to its columns."""
    head.go("/companies/imports/")
    content = {"name": name, "mimeType": "text/csv", "buffer": "\r\n".join(rows).encode("cp1251")}
    head.page.locator("input[type=file]").set_input_files(content)  # type: ignore[arg-type]
    head.page.get_by_role("button", name="Выбрать столбцы").click()
    expect(head.page.get_by_role("heading", name=name)).to_be_visible()


def carry_out(head: Actor, count: int) -> None:
    """Write what was tried, and wait until it is there."""
    head.page.get_by_role("button", name=f"Загрузить: {count}").click()
    expect(head.page.get_by_text("Загружено").first).to_be_visible()


def test_a_spreadsheet_goes_in_is_asked_about_and_comes_out_again(enter: Enter) -> None:
    head = enter("gromov")
    send(head, "tsj.csv", ROWS)
    head.page.get_by_role("button", name="Проверить").click()
    expect(head.page.get_by_text("нужен номер телефона")).to_be_visible()
    carry_out(head, 2)

    # The same firms once more, with a word about one of them: now the person is asked.
    send(head, "again.csv", (ROWS[0], ROWS[1].replace("Лесной пр., 1", "Лесной пр., 11"), ROWS[2]))
    head.page.get_by_label("Телефон", exact=True).last.check()
    head.page.locator("select[name=on_match]").select_option("ask")
    head.page.get_by_role("button", name="Проверить").click()
    expect(head.page.get_by_text("1 строка совпала с имеющейся записью.")).to_be_visible()
    head.page.locator("select[name='match.one']").select_option("update")
    head.page.get_by_role("button", name="Для всех ожидающих").click()
    carry_out(head, 1)
    head.page.get_by_role("button", name="Отменить загрузку").click()
    expect(head.page.get_by_text("Отменено").first).to_be_visible()
    head.go("/companies/")
    expect(head.page.get_by_role("link", name="ТСЖ «Лесной квартал»").first).to_be_visible()


def throw_away(head: Actor, title: str) -> None:
    """Put a record into the trash from its card."""
    head.go("/companies/")
    head.go(head.page.get_by_role("link", name=title).first.get_attribute("href") or "")
    card = head.page.url
    token = head.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = head.page.request.post(f"{card}removal", headers={"X-CSRFToken": token, "Referer": card})
    assert answer.ok


def faults(head: Actor) -> list[str]:
    """What axe finds on the page."""
    head.page.evaluate(axe.AXE_SCRIPT)
    run = "rules => axe.run({runOnly: rules, resultTypes: ['violations']})"
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in head.page.evaluate(run, RULES)["violations"]]


def test_a_row_asks_which_of_several_records_it_is_about_and_offers_back_what_was_thrown_away(enter: Enter) -> None:
    head = enter("gromov")
    twins = ("ЖК «Близнецы»;8 (812) 000-42-01;;Тверь, 1", "ЖК «Близнецы»;8 (812) 000-42-02;;Тверь, 2")
    send(head, "twins.csv", (ROWS[0], *twins, "ЖК «Забытый»;8 (812) 000-42-03;;Омск, 1"))
    head.page.get_by_role("button", name="Проверить").click()
    carry_out(head, 3)
    throw_away(head, "ЖК «Забытый»")

    send(head, "which.csv", (ROWS[0], "ЖК «Близнецы»;;one@tsj.example;", "ЖК «Забытый»;;back@tsj.example;"))
    head.page.get_by_label("Название", exact=True).last.check()
    assert faults(head) == []
    head.page.get_by_role("button", name="Проверить").click()
    expect(head.page.get_by_text("1 строка совпала сразу с несколькими записями.")).to_be_visible()
    expect(head.page.get_by_text("1 строка совпала с записью в корзине.")).to_be_visible()
    assert faults(head) == []
    head.page.get_by_role("radio", name="ЖК «Близнецы»").nth(1).check()
    head.page.get_by_role("radio", name="Вернуть: ЖК «Забытый»").check()
    head.page.get_by_role("button", name="Сохранить выбранное в строках").click()
    carry_out(head, 2)
    assert faults(head) == []
    head.go("/companies/")
    expect(head.page.get_by_role("link", name="ЖК «Забытый»").first).to_be_visible()
