"""A process that begins when a task is completed is drawn in the designer, and stands on the card of the task."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor
from tests.e2e.test_drawing import Drawing
from tests.e2e.test_every_page import complaints
from tests.e2e.test_tasks import give

Enter = Callable[..., Actor]
TITLE, DEFINITION = "Закрыть заявку на пропуск", "Проверка закрытых задач"


def test_a_completed_task_starts_what_was_drawn_for_it(enter: Enter) -> None:
    owner = enter("sheremeteva")
    page = owner.page
    drawing = Drawing(owner, DEFINITION, record="Задача")
    drawing.drag("pause", "do.0")
    page.locator("[data-face=settings]").click()
    lines = page.locator(".setting-lines")
    add = page.get_by_label("Добавить способ запуска")
    add.select_option(label="Задача завершена")
    line = lines.locator(".trigger-line").last
    expect(line.get_by_label("Поле", exact=True).first).to_have_value("status")
    expect(line.get_by_label("Значение", exact=True).first).to_have_value("done")
    add.select_option(label="Срок задачи прошёл")
    expect(line.get_by_label("Поле", exact=True).first).to_have_value("is_overdue")
    expect(line.get_by_label("Значение", exact=True).first).to_have_value("true")
    assert complaints(page) == []
    expect(page.locator("[data-state=saved]")).to_be_visible()
    page.get_by_role("button", name="Опубликовать").click()
    page.get_by_role("dialog").get_by_role("button", name="Опубликовать").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    give(owner, TITLE)
    aside = page.locator("aside")
    expect(aside.get_by_role("button", name="Запустить процесс")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Завершить")).click()
    expect(aside.get_by_role("link", name=DEFINITION)).to_be_visible()
    assert complaints(page) == []
    aside.get_by_role("link", name=DEFINITION).click()
    expect(page.get_by_role("link", name=TITLE).first).to_be_visible()


def test_a_notice_that_was_not_read_stands_out(enter: Enter) -> None:
    head, worker = enter("gromov"), enter("tikhonov", color_scheme="dark")
    title = "Проверить замеры на объекте"
    give(head, title, to="Тихонов")
    for where in ("/notices/", "/inbox/"):
        worker.go(where)
        assert complaints(worker.page) == []
    worker.go("/notices/")
    line = worker.page.locator(".item.unread").filter(has_text=title)
    expect(line).to_be_visible()
    line.click()
    expect(worker.page.get_by_role("heading", name=title)).to_be_visible()
    worker.go("/notices/")
    expect(worker.page.locator(".item.read").filter(has_text=title)).to_be_visible()
