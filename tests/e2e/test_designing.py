"""An administrator designs a register of letters, and a clerk keeps it: nothing is started anew."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.actor import Actor

Enter = Callable[[str], Actor]


def kept(page: Page, act: Callable[[], object]) -> None:
    """Do something that is kept on the server and leads to another page."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as response:
        act()
    assert response.value.ok, f"{response.value.status} {response.value.text()}"
    page.wait_for_load_state("networkidle")


def add_field(actor: Actor, kind: str, title: str, **more: str) -> None:
    actor.go(f"/settings/list-vkhodyaschie-pisma/fields/new/{kind}")
    actor.page.get_by_label("Название", exact=False).first.fill(title)
    for label, text in more.items():
        actor.page.locator(f"[name={label}]").fill(text)
    kept(actor.page, lambda: actor.page.get_by_role("button", name=re.compile("Добавить поле")).click())


def test_a_register_of_letters_is_designed_and_kept(enter: Enter) -> None:
    head, page = (head := enter("sheremeteva")), head.page
    head.go("/settings/types/")
    head.go("/settings/types/new")
    page.get_by_label("Название списка").fill("Входящие письма")
    page.get_by_label("Название одной записи").fill("Входящее письмо")
    page.locator("input[name=icon][value=mail]").check(force=True)
    page.get_by_label("Со стадиями").check()
    kept(page, lambda: page.get_by_role("button", name=re.compile("Создать тип")).click())
    expect(page.get_by_role("navigation").get_by_role("link", name="Входящие письма").first).to_be_visible()

    add_field(head, "numbered", "Номер", template="ВХ-{year}-{n:4}")
    add_field(head, "date", "Получено")
    add_field(head, "person", "Исполнитель")

    for title in ("О замене лифта", "О пожарной проверке"):
        head.go("/list-vkhodyaschie-pisma/new")
        page.locator("input[name=title]").fill(title)
        kept(page, lambda: page.get_by_role("button", name=re.compile("Создать")).last.click())
    expect(page.get_by_text(re.compile(r"ВХ-\d{4}-0002"))).to_be_visible()

    head.go("/list-vkhodyaschie-pisma/")
    expect(page.get_by_text(re.compile(r"ВХ-\d{4}-0001"))).to_be_visible()
    head.go("/list-vkhodyaschie-pisma/board")
    expect(page.get_by_text("О замене лифта")).to_be_visible()
