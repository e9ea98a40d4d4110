"""A spreadsheet in cp1251 in Chromium: columns, the trial, what waits for an answer, the records, all of it back."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor

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
    head.page.locator("select[name=match]").select_option("update")
    head.page.get_by_role("button", name="Для всех ожидающих").click()
    carry_out(head, 1)
    head.page.get_by_role("button", name="Отменить загрузку").click()
    expect(head.page.get_by_text("Отменено").first).to_be_visible()
    head.go("/companies/")
    expect(head.page.get_by_role("link", name="ТСЖ «Лесной квартал»").first).to_be_visible()
