"""A4 in Chromium: a list of lost clients is called round, rests for a month, is won back; the delivery lives on.

S3; PF-14, PF-16, PS-19, RJ-1…RJ-11, RC-8…RC-16, TK-13, CR-26, CR-27.
"""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Locator, expect

from tests.e2e.actor import Actor
from tests.e2e.test_clients_base import wound
from tests.site.product import Product

Enter = Callable[[str], Actor]
PROCESS = "Мониторинг потерянных клиентов"
MAYAK, KIVACH, STRELNA = "Торговый центр «Маяк»", "Пансионат «Кивач»", "Объединение «Стрельна-жилсервис»"


def choose(actor: Actor, *clients: str) -> None:
    """Mark clients in the list of companies."""
    # Other journeys may have brought more companies than a page of the list shows.
    actor.go("/companies/?sort=id")
    for client in clients:
        actor.page.locator("[data-row]").filter(has_text=client).locator("input.tick").check()
    expect(actor.page.locator("#bulk-bar")).to_be_visible()


def entrust(head: Actor, *clients: str) -> None:
    """Make Petrov responsible for clients, all at once."""
    choose(head, *clients)
    form = head.page.locator("#bulk-form")
    form.get_by_role("combobox").last.fill("Петров")
    head.page.get_by_role("option", name=re.compile("Семён Петров")).first.click()
    form.get_by_role("button", name="Применить").click()
    for client in clients:
        expect(head.page.locator("[data-row]").filter(has_text=client)).to_contain_text("Семён Петров")


def start(head: Actor, *clients: str) -> None:
    """Start the process on clients, all at once."""
    choose(head, *clients)
    head.page.locator("#bulk-bar").get_by_role("button", name="Запустить процесс").click()
    head.page.locator("select[name=definition]").select_option(label=PROCESS)
    head.page.get_by_role("button", name="Запустить", exact=True).click()
    expect(head.page.locator("main")).to_contain_text(f"Готово: {len(clients)} из {len(clients)}")
    for client in clients:
        expect(head.page.locator("main tr").filter(has_text=client)).to_contain_text("Запущен")


def asks(actor: Actor, stage: str, client: str) -> Locator:
    """The line of the inbox by which a stage asks somebody."""
    actor.go("/inbox/")
    line = actor.page.locator(".pane-list .item").filter(has_text=stage).filter(has_text=client)
    expect(line).to_have_count(1)
    return line


def name_next(actor: Actor, who: str) -> None:
    """Say who is responsible for the next stage."""
    actor.detail.get_by_label("Ответственный за следующий этап").first.fill(who)
    actor.page.get_by_role("option", name=re.compile(who)).first.click()


def stands(actor: Actor, run: str, stage: str) -> None:
    """The card of the run shows on which stage it stands."""
    actor.go(run)
    expect(actor.page.locator("#stages tr[aria-current='step']")).to_contain_text(stage)


def call_up(actor: Actor) -> None:
    """Do the task of the first stage: completing it leads to the work on the stage."""
    actor.open("Позвонить", about=STRELNA)
    actor.press("Завершить")
    expect(actor.detail.get_by_role("heading", level=1)).to_contain_text("Обзвон")


def run_on(actor: Actor, client: str, process: str = PROCESS) -> str:
    """Find the run in the journal by what it is about; answers its address."""
    actor.go("/instances/")
    bar = actor.page.locator("form[role=search]")
    bar.get_by_label("Процесс").select_option(label=process)
    bar.get_by_role("searchbox").fill(client)
    rows = actor.page.locator("#list [data-row]")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(client)
    return rows.get_by_role("link").first.get_attribute("href") or ""


def test_lost_clients_are_called_round_and_won_back(enter: Enter, product: Product) -> None:
    head = enter("gromov")
    entrust(head, MAYAK, KIVACH, STRELNA)

    # Petrov is the first of those responsible, but he is not there: his head gets the stage.
    start(head, MAYAK, KIVACH)
    asks(head, "Обзвон", MAYAK)
    asks(head, "Обзвон", KIVACH)
    manager = enter("petrov")
    start(head, STRELNA)
    asks(manager, "Обзвон", STRELNA)

    # The journal finds what stands on one stage, and whom it waits for.
    run = run_on(head, STRELNA)
    head.go("/instances/")
    bar, rows = head.page.locator("form[role=search]"), head.page.locator("#list [data-row]")
    bar.get_by_label("Процесс").select_option(label=PROCESS)
    bar.get_by_label("Шаг").select_option(label="Обзвон")
    expect(rows).to_have_count(3)
    bar.get_by_label("Кого ждёт").select_option(label="Семён Петров")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(STRELNA)
    bar.get_by_label("Шаг").select_option(label="Отдых")
    expect(rows).to_have_count(0)

    # Nobody was reached: the client rests for thirty days, and is called again by itself.
    call_up(manager)
    manager.press("Не дозвонились")
    stands(manager, run, "Отдых")
    # A page that listens would ask for news after the night, and its reader were there again.
    head.page.goto("about:blank")
    with wound(product) as clock:
        clock.wind(timedelta(days=29))
        stands(manager, run, "Отдых")
        clock.wind(timedelta(days=1, minutes=1))
        asks(manager, "Обзвон", STRELNA)
        call_up(manager)
        name_next(manager, "Громов")
        manager.press("Готов говорить")
        head.open("Анализ причин", about=STRELNA)
        head.fill("Причина ухода", "Дорого")
        name_next(head, "Петров")
        head.press("Есть предложение")
        asks(manager, "Подготовка КП", STRELNA)
        manager.open("Подготовка КП", about=STRELNA)
        expect(manager.detail).to_contain_text("Дорого")
        name_next(manager, "Петров")
        manager.press("Счёт оплачен")
        stands(manager, run, "Комплектация, доставка")

        # The card of the run: its people, note, files, links, who is let in, its children.
        keep_beside(manager, run)
        manager.open("Комплектация, доставка", about=STRELNA)
        manager.press("Доставлено")
        manager.go(run)
        tell_all(manager)

        # What it has started lives on by itself.
        child = run_on(head, STRELNA, "Доставка товара")
        stands(head, child, "Комплектация")
        expect(head.page.get_by_text("Запущен из")).to_be_visible()


def keep_beside(actor: Actor, run: str) -> None:
    """Put a note, a file, a link and a reader beside the run."""
    actor.go(run)
    page = actor.page
    page.get_by_label("Примечание").fill("Отгрузить до пятницы")
    press(actor, "Сохранить")
    page.locator("input[type=file]").set_input_files(
        {"name": "Накладная.txt", "mimeType": "text/plain", "buffer": "Накладная".encode()}
    )
    expect(page.get_by_role("link", name="Накладная.txt")).to_be_visible()
    page.locator("#link-record").fill("Онега")
    page.get_by_role("option", name=re.compile("Онега")).first.click()
    press(actor, "Связать")
    page.locator("#admit-person").fill("Соколова")
    page.get_by_role("option", name=re.compile("Анна Соколова")).first.click()
    press(actor, "Дать доступ")
    expect(page.locator("main aside")).to_contain_text("Анна Соколова")


def tell_all(actor: Actor) -> None:
    """The card of a run that is over tells all of it."""
    page = actor.page
    shown = page.locator("main")
    for known in (
        STRELNA, "Павел Громов", "Отгрузить до пятницы", "Накладная.txt", "Гостиница «Онега»", "Анна Соколова",
        "Доставка товара", "Обзвон → Не дозвонились", "Анализ причин → Есть предложение", "Клиент вернулся",
    ):  # fmt: skip
        expect(shown).to_contain_text(known)
    finished = page.locator("#stages tbody tr").filter(has_text="Завершён")
    expect(finished).to_have_count(6)
    expect(page.locator("#stages tr", has_text="Обзвон")).to_contain_text("2 раза")


def press(actor: Actor, verb: str) -> None:
    """Press a button of the card; the page comes anew."""
    with actor.page.expect_navigation():
        actor.page.get_by_role("button", name=verb, exact=True).first.click()
