"""The control of services (S0) is drawn from an empty canvas by mouse and by keys, published, and leads a deal on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.actor import Actor
from tests.e2e.test_drawing import Drawing

Enter = Callable[[str], Actor]

# What is drawn: the block, where it stands, what it is called, and who is asked or told.
CHAIN = [
    ("request_information", "do.0", "Выбор сотрудника", "Кто заполняет"),
    ("record_change", "do.1", "Сделка в обработке", ""),
    ("task_add", "do.2", "Выезд к заказчику", "Ответственный"),
    ("loop", "do.3", "Проверка документов", ""),
    ("approve", "do.3.do.0", "Утверждение документов", "Кто утверждает"),
    ("set_variable", "do.3.do.1", "", ""),
    ("condition", "do.3.do.2", "", ""),
    ("task_add", "do.3.do.2.if.0.do.0", "Доработка документов", "Ответственный"),
    ("parallel", "do.4", "Отчёт и акт", ""),
    ("task_add", "do.4.parallel.0.do.0", "Отчёт о работе", "Ответственный"),
    ("task_add", "do.4.parallel.1.do.0", "Передача акта", "Ответственный"),
    ("mail_send", "do.5", "Письмо заказчику", ""),
    ("record_change", "do.6", "Сделка заключена", ""),
]  # fmt: skip
LETTER = {"Кому": "client@firm.example", "Тема": "Работы завершены", "Текст": "Спасибо"}
STAGES = {"do.1": "IN_PROGRESS", "do.6": "WON"}


def fill(drawing: Drawing, path: str, title: str, whom: str) -> None:
    """Say in the form of the chosen block what it needs."""
    form, page = drawing.form, drawing.page
    if title:
        form.get_by_label("Название на схеме").fill(title)
    if whom:
        form.get_by_label(whom, exact=True).press("{")
        page.keyboard.type("ответственный")
        page.keyboard.press("Enter")
        drawing.write("Название", title)
    if whom == "Кто заполняет":
        form.get_by_role("button", name="Добавить поле").click()
        form.get_by_label("Название", exact=True).last.fill("Сотрудник")
    if path in STAGES:
        form.get_by_role("button", name="Добавить поле").click()
        form.get_by_label("Поле", exact=True).select_option("stage")
        form.get_by_label("Стадия", exact=True).select_option(STAGES[path])
    if title == "Письмо заказчику":
        for label, text in LETTER.items():
            drawing.write(label, text)


def conditions(drawing: Drawing) -> None:
    """The loop goes on, and the branch is taken, while the documents are not approved."""
    page = drawing.page
    drawing.step("do.3.do.1").click()
    drawing.form.get_by_role("button", name="Добавить значение").click()
    page.keyboard.type("approved")
    page.keyboard.press("Tab")
    drawing.form.get_by_label("Тип").select_option("yes_no")
    drawing.form.get_by_label("approved", exact=True).select_option("{=approve_1:approved}")
    for path in ("do.3", "do.3.do.2.if.0"):
        page.locator(f"[data-path='{path}']").first.click(position={"x": 20, "y": 10})
        row = drawing.form.locator(".condition-row select")
        row.nth(0).select_option("{=Variable:approved}")
        row.nth(1).select_option("not_equal")
        row.nth(2).select_option("true")


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_the_control_of_services_is_drawn_published_and_carried_out(enter: Enter, hand: str) -> None:
    owner, title = enter("sheremeteva"), f"Контроль услуг: {hand}"
    drawing = Drawing(owner, title, record="Сделка")
    by_mouse(drawing) if hand == "mouse" else by_keys(drawing)
    conditions(drawing)
    only_i_may_start_it(drawing)
    drawing.is_clean()
    drawing.publish()
    carry_out(owner, title, deal=f"Монтаж: {hand}")


def only_i_may_start_it(drawing: Drawing) -> None:
    page = drawing.page
    page.locator("[data-face=settings]").click()
    page.get_by_label("Кто может запускать").fill("Шереметьева")
    page.get_by_role("option", name=re.compile("Шереметьева")).first.click()
    expect(page.locator("[data-section=set_start]")).to_contain_text("Больше никто")


def carry_out(owner: Actor, title: str, *, deal: str) -> None:
    """Somebody is chosen, the deal moves on, and he is sent there."""
    page = owner.page
    owner.go("/deals/new")
    page.locator("input[name=title]").fill(deal)
    with page.expect_navigation():
        page.locator("main form button[type=submit].pri").click()
    page.get_by_role("button", name="Запустить процесс").first.click()
    page.get_by_role("menuitem", name=title).first.click()
    page.get_by_role("button", name="Запустить", exact=True).click()
    expect(page).to_have_url(re.compile("/instances/"))
    run = page.url
    owner.open("Выбор сотрудника", about=deal)
    owner.detail.get_by_label("Сотрудник").first.fill("Ахметов")
    owner.press("Отправить")
    owner.stands(deal, "В обработке")
    owner.open("Выезд к заказчику", about=deal)
    owner.press("Завершить")
    # What is behind is told on the diagram, and so is the way there.
    owner.go(run)
    for step in ("do.0", "do.1", "do.2"):
        expect(page.locator(f"[data-path='{step}'] .n-done")).to_be_visible()
    expect(page.locator(".dg path.ed.done")).to_have_count(1)


def by_mouse(drawing: Drawing) -> None:
    for block, path, title, whom in CHAIN:
        drawing.drag(block, path)
        fill(drawing, path, title, whom)


def by_keys(drawing: Drawing) -> None:
    """Ask for each block by its name where the focus stands."""
    keys, page = drawing.page.keyboard, drawing.page
    named = {
        "request_information": "запросить", "record_change": "изменить запись", "task_add": "поставить задачу",
        "loop": "цикл", "approve": "согласовать", "set_variable": "изменить переменные", "condition": "условие",
        "parallel": "параллельно", "mail_send": "отправить письмо",
    }  # fmt: skip
    for block, path, title, whom in CHAIN:
        place = page.locator(f"[data-slot='{path}']")
        place.focus()
        keys.press("Enter")
        keys.type(named[block])
        keys.press("Enter")
        expect(drawing.step(path)).to_be_focused()
        keys.press("Enter")
        expect(drawing.form.locator("input:focus, [role=textbox]:focus")).to_have_count(1)
        fill(drawing, path, title, whom)
        keys.press("Escape")
    assert re.search(r"/drawing$", page.url)
