"""A2 in Chromium: a customer's spreadsheet of a thousand companies becomes clients whom a process leads.

S1; PF-7, PF-8, PF-13, HS-14, CL-1, CL-5, CL-6, CR-5, CR-6, CR-7.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
from playwright.sync_api import Locator, expect

from potok.kit.clock import WIND
from potok.site.postgres import socket_folder
from tests.e2e.actor import Actor
from tests.e2e.spreadsheet import COMPANIES, HOPELESS, housing_companies
from tests.site.product import Product

Enter = Callable[[str], Actor]
HERE = ZoneInfo("Europe/Moscow")
CLIENT = "№ 77"
SLOW_MS = 120_000
STEPS = (
    ("Встреча состоялась?", "Согласовываем условия", "Согласование условий"),
    ("Условия согласованы?", "Условия согласованы", "Согласование договора"),
    ("Договор согласован?", "Договор согласован", "Подписание договора"),
    ("Договор подписан?", "Договор подписан", "Подготовка к запуску"),
    ("Работа начата?", "Работа начата", "Запущен"),
)


class Clock:
    """The clock of the running product, wound forward as a demo may."""

    def __init__(self, product: Product) -> None:
        self.server = psycopg.connect(
            host=str(socket_folder(product.data)), user="potok", dbname="postgres", autocommit=True
        )

    def now(self) -> datetime:
        row = self.server.execute("SELECT potok_now()").fetchone()
        assert row
        moment: datetime = row[0]
        return moment.astimezone(HERE)

    def wind(self, by: timedelta) -> None:
        self.server.execute(WIND, [by.total_seconds()])


@contextmanager
def wound(product: Product) -> Iterator[Clock]:
    """A clock that is put right in the end: others read it, too."""
    clock = Clock(product)
    before = clock.now() - datetime.now(tz=HERE)
    try:
        yield clock
    finally:
        clock.wind(before - (clock.now() - datetime.now(tz=HERE)))
        clock.server.close()


def bring(head: Actor, file: Path) -> None:
    """Import the spreadsheet: columns as they were guessed, defaults for all rows, a look, and in."""
    page = head.page
    head.go("/companies/imports/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Выбрать столбцы").click()
    expect(page.get_by_text("windows-1251", exact=False).or_(page.get_by_text("cp1251", exact=False))).to_be_visible()
    for heading, field in (("Наименование организации", "Название"), ("Телефон", "Телефон"), ("Адрес", "Адрес")):
        expect(page.get_by_label(heading, exact=True).locator("option:checked")).to_have_text(field)
    page.get_by_label("Контактное лицо", exact=True).select_option(label="Комментарий")
    page.get_by_label(re.compile("^Сфера деятельности")).select_option(label="ЖКХ")
    page.get_by_label(re.compile("^Статус обработки")).select_option(label="Импортирован")
    page.get_by_label(re.compile("^Ответственный")).fill("Тихонов")
    page.get_by_role("option", name=re.compile("Тихонов")).first.click()
    page.get_by_role("button", name="Проверить").click()
    go_on = page.get_by_role("button", name=re.compile("^Загрузить"))
    expect(go_on).to_be_visible(timeout=SLOW_MS)
    assert re.sub(r"\D", "", go_on.inner_text()) == str(COMPANIES)
    go_on.click()
    expect(page.get_by_role("link", name=re.compile(rf"Добавлено {COMPANIES // 1000}.000"))).to_be_visible(
        timeout=SLOW_MS
    )
    expect(page.get_by_role("link", name=f"С ошибками {len(HOPELESS)}")).to_be_visible()


def of_form(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def take_on(manager: Actor) -> str:
    """Find the client and set him to be worked on, by hand; answers the address of his card."""
    page = manager.page
    manager.go(f"/companies/?q={CLIENT.removeprefix('№ ')}")
    row = page.locator("[data-row]").filter(has_text=CLIENT).first
    expect(row).to_contain_text("Игорь Тихонов")
    address = row.get_by_role("link").first.get_attribute("href") or ""
    manager.go(address)
    expect(shown(manager, "Статус обработки")).to_contain_text("Импортирован")
    value = shown(manager, "Статус обработки")
    value.locator(".edit-value").click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        value.locator("select").select_option(label="В обработке")
        value.locator("select").press("Control+Enter")
    expect(value).to_contain_text("В обработке")
    return address


def shown(actor: Actor, label: str) -> Locator:
    return actor.page.locator("dt", has_text=label).first.locator("xpath=following-sibling::dd[1]")


def test_a_thousand_companies_become_clients_whom_a_process_leads(
    enter: Enter, product: Product, tmp_path: Path
) -> None:
    file = tmp_path / "Обзвон ЖКХ.csv"
    file.write_bytes(housing_companies())
    bring(enter("gromov"), file)
    manager = enter("tikhonov")
    page = manager.page
    manager.go("/inbox/")
    expect(page.locator(".pane-list")).not_to_contain_text("Как прошёл звонок?")
    address = take_on(manager)

    def stands(status: str) -> None:
        manager.go(address)
        expect(shown(manager, "Статус обработки")).to_contain_text(status)

    with wound(product) as clock:
        # Nobody was reached: the call stands in the calendar, the reminder comes, the question comes again.
        tomorrow = (clock.now() + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)
        manager.open("Как прошёл звонок?", about=CLIENT)
        manager.detail.get_by_label(re.compile("^Следующий звонок")).fill(of_form(tomorrow))
        manager.press("Перезвонить")
        manager.go(f"/calendar/?day={tomorrow:%Y-%m-%d}")
        call = page.locator(".event", has_text="Звонок").filter(has_text=CLIENT)
        expect(call).to_be_visible()
        call.click()
        expect(page.locator("dialog.drawer")).to_contain_text("за 15 минут")
        clock.wind(tomorrow - clock.now() - timedelta(minutes=10))
        reminded(manager, "Звонок: ")
        clock.wind(timedelta(minutes=11))
        comes(manager, "Как прошёл звонок?")

        # A meeting is arranged: the event, the status, the reminder a day before; afterwards it goes on.
        meeting = (clock.now() + timedelta(days=4)).replace(hour=15, minute=30, second=0, microsecond=0)
        manager.open("Как прошёл звонок?", about=CLIENT)
        manager.detail.get_by_label(re.compile("^Встреча")).fill(of_form(meeting))
        manager.press("Встреча назначена")
        stands("Назначена встреча")
        manager.go(f"{address}?tab=tasks")
        expect(page.locator("#to-do .item", has_text="Встреча:")).to_be_visible()
        clock.wind(meeting - clock.now() - timedelta(hours=23))
        reminded(manager, "Впереди встреча")
        clock.wind(timedelta(hours=23, minutes=1))

        # Step by step to the launch.
        for question, verb, status in STEPS:
            comes(manager, question)
            manager.open(question, about=CLIENT)
            manager.press(verb)
            stands(status)
    manager.go("/inbox/")
    expect(page.locator(".pane-list .item").filter(has_text="?").filter(has_text=CLIENT)).to_have_count(0)


def comes(actor: Actor, question: str) -> None:
    """The question comes into the inbox, without a reload."""
    actor.go("/inbox/")
    expect(actor.page.locator(".pane-list .item").filter(has_text=question).filter(has_text=CLIENT)).to_be_visible()


def reminded(actor: Actor, text: str) -> None:
    """The notice comes, without a reload."""
    actor.go("/notices/")
    expect(actor.page.locator("main").get_by_text(text).filter(has_text=CLIENT).first).to_be_visible()
