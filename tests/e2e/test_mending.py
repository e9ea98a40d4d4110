"""Failures of many runs with one cause are mended together, in Chromium.

Issue 5 §4: the inbox of incidents, causes grouped and mended in bulk.
"""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor

Enter = Callable[[str], Actor]
CLIENTS = ("Гостиница «Онега»", "Завод «Ладога-прибор»", "Петроградская сторона")
BROKEN = """
definition: birthday-gift
title: Подарок клиенту
record: crm.company
start: [manual]
variables:
  keeper: {type: person, title: Кто дарит}
do:
  - id: gift
    title: Выбор подарка
    block: request_information
    with: {to: '{=Variable:keeper}', title: Выберите подарок, fields: {what: {type: text, title: Что подарить}}}
"""


def publish(actor: Actor, text: str) -> None:
    """Take a definition in from a file and publish it in spite of what is advised."""
    actor.go("/definitions/file")
    file = {"name": "gift.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
    actor.page.locator("input[type=file]").set_input_files(file)
    actor.page.get_by_role("button", name="Загрузить").click()
    button = actor.page.get_by_role("button", name="Опубликовать").first
    expect(button).to_be_enabled()
    button.click()
    actor.page.locator("dialog[open]").get_by_role("button", name="Опубликовать").click()
    actor.page.wait_for_url(re.compile(r"/definitions/\d+/$"))


def start(actor: Actor, process: str, *clients: str) -> None:
    """Start a process on clients, all at once."""
    actor.go("/companies/?sort=id")
    for client in clients:
        actor.page.locator("[data-row]").filter(has_text=client).locator("input.tick").check()
    actor.page.locator("#bulk-bar").get_by_role("button", name="Запустить процесс").click()
    actor.page.locator("select[name=definition]").select_option(label=process)
    actor.page.get_by_role("button", name="Запустить", exact=True).click()
    expect(actor.page.locator("main")).to_contain_text(f"Готово: {len(clients)} из {len(clients)}")


def test_failures_of_one_cause_are_mended_together(enter: Enter) -> None:
    keeper = enter("sheremeteva")
    publish(keeper, BROKEN)
    start(keeper, "Подарок клиенту", *CLIENTS)

    # Three runs, one cause; behind it stand the runs.
    keeper.go("/incidents/?view=causes")
    causes = keeper.page.locator("#list [data-row]").filter(has_text="Подарок клиенту")
    expect(causes).to_have_count(1)
    expect(causes.locator("td.num")).to_have_text("3")
    causes.get_by_role("link", name="3").click()
    for client in CLIENTS:
        expect(keeper.page.locator("#list")).to_contain_text(client)

    # To try again does not help, for nobody is named; to go on without the step does, for all of them.
    keeper.go("/incidents/?view=causes")
    causes.locator("input.tick").check()
    expect(keeper.page.locator("#chosen")).to_contain_text(re.compile("3 сбо"))
    keeper.page.locator("#chosen").get_by_role("button", name="Пропустить шаг").click()
    expect(keeper.page.locator("#chosen")).to_contain_text("Сделано: 3 из 3")
    keeper.go("/incidents/?view=causes")
    expect(causes).to_have_count(0)
    keeper.go("/instances/?view=finished&q=Подарок")
    expect(keeper.page.locator("#list [data-row]")).to_have_count(3)
