"""Somebody who never programmed draws the watch over lost clients (S3) as a stage table, is told of everything that is
wrong beside its stage, mends it, publishes, and starts it."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.e2e.actor import Actor

CALL, REASONS, OFFER, DELIVERY, REST, BACK, LOST = (
    "Обзвон", "Анализ причин", "Подготовка КП", "Комплектация, доставка", "Отдых", "Клиент вернулся", "Клиент потерян",
)  # fmt: skip
RESULTS = {
    CALL: [("Готов говорить", REASONS), ("Не дозвонились", REST), ("Отказ", LOST)],
    REASONS: [("Есть предложение", OFFER), ("Нечего предложить", REST)],
    OFFER: [("Счёт оплачен", DELIVERY), ("Думает", REST), ("Отказ", LOST)],
    DELIVERY: [("Доставлено", BACK)],
}


class Table:
    """The stage table, in the words of whoever draws."""

    def __init__(self, who: Actor) -> None:
        self.page = who.page

    def rows(self) -> Locator:
        return self.page.locator(".stage-rows > li")

    def row(self, title: str) -> Locator:
        at_rest = self.page.locator(".stage-name", has_text=re.compile(f"^{re.escape(title)}$"))
        return self.rows().filter(has=at_rest)

    def chosen(self) -> Locator:
        return self.page.locator(".stage-rows > li.chosen")

    def add(self, *titles: str) -> None:
        for title in titles:
            self.page.get_by_label("Новый этап").fill(title)
            self.page.keyboard.press("Enter")
            expect(self.row(title)).to_be_visible()

    def choose(self, title: str) -> None:
        self.row(title).locator(".stage-name").click()
        expect(self.chosen().get_by_label("Название этапа")).to_have_value(title)

    def close(self) -> None:
        self.chosen().get_by_label("Название этапа").press("Escape")
        expect(self.chosen()).to_have_count(0)

    def press(self, words: str) -> None:
        self.chosen().get_by_role("button", name=words, exact=True).click()

    def lead(self, result: str, to: str) -> None:
        """Add a result and say where it leads."""
        before = self.chosen().locator(".stage-result").count()
        self.press("Ещё решение ↵")
        expect(self.chosen().locator(".stage-result")).to_have_count(before + 1)
        self.page.keyboard.type(result)
        if to:
            self.chosen().locator(".stage-result").last.locator("select").first.select_option(label=to)

    def is_told(self, title: str, problem: str) -> None:
        expect(self.row(title).locator(".stage-said")).to_contain_text(problem)

    def is_clean(self) -> None:
        expect(self.page.locator(".stage-said")).to_have_count(0)
        expect(self.page.get_by_role("button", name="Опубликовать")).to_be_enabled()


def begin(who: Actor) -> Table:
    who.go("/definitions/")
    who.page.get_by_role("link", name="Новый шаблон").first.click()
    who.page.get_by_label("Название").fill("Возврат потерянных клиентов")
    who.page.locator("select[name=record]").select_option(label="Компания")
    who.page.locator("select[name=how]").select_option("stages")
    who.page.locator("main form button[type=submit].pri").click()
    expect(who.page).to_have_url(re.compile(r"/definitions/\d+/drawing"))
    return Table(who)


def test_the_watch_over_lost_clients_is_drawn_mended_published_and_started(enter: Callable[..., Actor]) -> None:
    head = enter("sheremeteva")
    table = begin(head)
    expect(head.page.locator(".checks")).to_contain_text("В процессе нет этапов")

    table.add(CALL, REASONS, OFFER, DELIVERY, REST, BACK, LOST)
    expect(head.page.locator(".stage-graph .stage-box")).to_have_count(7)
    for title in (CALL, REASONS):  # Every stage says what it lacks, all at once.
        table.is_told(title, "нет ни одного перехода")
    table.is_told(REASONS, "нельзя попасть")
    expect(head.page.get_by_role("button", name="Опубликовать")).to_be_disabled()

    for title, results in RESULTS.items():
        table.choose(title)
        for result, to in results:
            table.lead(result, to)
        table.close()
    table.choose(REST)
    table.press("Пауза")
    table.chosen().get_by_label("Пауза", exact=True).fill("30")
    table.chosen().get_by_label("Следующий этап").select_option(label=CALL)
    table.close()
    # What the checks panel is sure of, it mends.
    for title in (BACK, LOST):
        line = head.page.locator(".checks li").filter(has_text=title).filter(has_text="перехода")
        line.get_by_role("button", name="Сделать финалом").click()
        expect(table.row(title)).to_contain_text("финал")
    table.is_clean()
    expect(head.page.locator(".stage-graph")).to_contain_text("30 дней")

    mistakes(table)
    responsibles(table)

    head.page.get_by_role("button", name="Опубликовать").click()
    head.page.get_by_role("dialog").get_by_role("button", name="Опубликовать").click()
    expect(head.page).to_have_url(re.compile(r"/definitions/\d+/$"))
    number = re.search(r"/definitions/(\d+)/", head.page.url)
    assert number
    head.go("/companies/")
    head.page.locator("#list tbody a").first.click()
    company = re.search(r"/companies/(\d+)", head.page.url)
    assert company
    head.go(f"/definitions/{number[1]}/start?record=crm.company:{company[1]}")
    head.page.locator("main form[hx-post] button[type=submit].pri").last.click()
    expect(head.page).to_have_url(re.compile(r"/instances/\d+/"))
    expect(head.page.locator("main")).to_contain_text(CALL)


def mistakes(table: Table) -> None:
    """Make every mistake that a table allows, see it told at its row, and mend it."""
    table.choose(CALL)
    table.lead("Перезвонить", "")
    expect(table.chosen().locator(".stage-said")).to_contain_text("не ведёт ни на один этап")
    last = table.chosen().locator(".stage-result").last
    last.get_by_label("Решение этапа").fill("Отказ")
    last.locator("select").first.select_option(label=LOST)
    expect(table.chosen().locator(".stage-said")).to_contain_text("называются «Отказ»")
    last.locator("> button").click()
    expect(table.chosen().locator(".stage-said")).to_have_count(0)

    table.chosen().get_by_label("Название этапа").fill(REASONS)
    expect(table.page.locator(".stage-said").first).to_contain_text("люди их не различат")
    table.chosen().get_by_label("Название этапа").fill(CALL)
    table.press("финал")
    expect(table.page.locator(".checks")).to_contain_text("неоткуда начаться")
    table.page.locator(".checks").get_by_role("button", name="Сделать стартом").click()
    table.is_told(REASONS, "нельзя попасть")
    for _ in range(2):
        table.page.get_by_role("button", name="Отменить").click()
    table.is_clean()
    table.close()


def responsibles(table: Table) -> None:
    table.choose(CALL)
    table.chosen().get_by_role("combobox", name="Найти человека").fill("Тихонов")
    table.chosen().get_by_role("option", name=re.compile("Тихонов")).first.click()
    table.chosen().get_by_label("Из записи").select_option(label="Ответственный")
    expect(table.chosen().locator(".stage-person")).to_have_count(2)
    table.chosen().get_by_role("button", name="Выше: Ответственный").click()
    expect(table.chosen().locator(".stage-person").first).to_contain_text("Ответственный")
    table.press("Задача")
    table.chosen().get_by_label("Что нужно сделать").fill("Позвонить")
    table.page.get_by_text("Без неё этап не завершить").click()
    table.close()
    expect(table.row(CALL)).to_contain_text("задача «Позвонить», без неё не завершить")
    table.is_clean()


def test_the_board_shows_the_same_stages_and_a_role_is_tied_to_people_once(enter: Callable[..., Actor]) -> None:
    head = enter("sheremeteva")
    table, page = begin(head), head.page
    table.add("Заявка", "Проверка", "Готово")
    page.locator("[data-face=settings]").click()
    page.get_by_label("Новая роль").fill("Диспетчер")
    page.keyboard.press("Enter")
    role = page.locator("[data-section=set_roles] .setting-line")
    # What is wrong with a role is mended in the settings, wherever one learns of it.
    page.locator("[data-face=stage_table]").click()
    page.locator(".checks-line").filter(has_text="Никто не назван").click()
    expect(page.locator("[data-face=settings]")).to_have_attribute("aria-current", "true")
    role.get_by_role("combobox", name=re.compile("Диспетчер")).fill("Ахметов")
    role.get_by_role("option", name=re.compile("Ахметов")).first.click()
    expect(role).to_contain_text("Ахметов")

    page.locator("[data-face=stage_table]").click()
    table.choose("Заявка")
    table.chosen().get_by_label("Из записи").select_option(label="Диспетчер")
    table.lead("Принято", "Проверка")
    table.choose("Проверка")
    table.lead("Верно", "Готово")
    table.choose("Готово")
    table.press("финал")
    table.is_clean()

    # The board adds what the table only tells of; nothing is lost on the way there and back.
    page.locator("[data-face=status_board]").click()
    column = page.locator(".status-column").nth(1)
    expect(column.get_by_label("Название этапа")).to_have_value("Проверка")
    column.get_by_role("button", name="Команда").click()
    column.get_by_label("Надпись на кнопке").fill("Отозвать заявку")
    column.locator(".status-event").get_by_label("Следующий этап").select_option(label="Готово")
    expect(page.get_by_role("button", name="Опубликовать")).to_be_enabled()
    page.locator("[data-face=stage_table]").click()
    table.close()
    expect(table.row("Проверка")).to_contain_text("команда «Отозвать заявку»")
    expect(table.row("Заявка")).to_contain_text("Диспетчер")
    expect(page.locator(".stage-graph")).to_contain_text("Отозвать заявку")
    page.reload()
    expect(table.row("Проверка")).to_contain_text("команда «Отозвать заявку»")
