"""Tasks in a browser: handed in, sent back and accepted; put off; several at once; moved along the timeline by keys."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.e2e.actor import Actor

Enter = Callable[[str], Actor]
TITLE = "Подготовить смету на вентиляцию"


def give(actor: Actor, title: str, *, to: str = "", accepted: bool = False) -> None:
    """Fill in the form of a task and send it; without a name it is one's own."""
    actor.go("/tasks/new")
    form = actor.page.locator("form.form")
    form.locator("input[name=title]").fill(title)
    form.locator("input[name=deadline]").fill("2040-11-24")
    if to:
        form.locator("potok-picker[name=responsible] .picked button").click()
        form.get_by_label("Ответственный", exact=True).fill(to)
        actor.page.get_by_role("option", name=re.compile(to)).first.click()
    if accepted:
        form.locator("details.more summary").click()
        form.locator("input[name=needs_control]").check()
    form.locator("button.pri").click()
    actor.page.wait_for_url(re.compile(r"/tasks/\d+/"))


def test_work_is_handed_in_sent_back_and_accepted(enter: Enter) -> None:
    head, worker = enter("gromov"), enter("tikhonov")
    give(head, TITLE, to="Тихонов", accepted=True)
    worker.open(TITLE)
    expect(worker.detail.locator(".detail-tools")).to_contain_text("просит вас сделать это")
    worker.press("Сдать")
    head.open(TITLE)
    head.detail.get_by_label("Что осталось сделать").fill("Нет подписи")
    head.press("Вернуть")
    worker.open(TITLE)
    expect(worker.detail.locator(".said")).to_contain_text("Нет подписи")
    worker.press("Сдать")
    head.open(TITLE)
    head.press("Принять")
    head.go("/tasks/?view=given&closed=1")
    expect(head.page.locator("#task-rows")).to_contain_text(TITLE)


def test_what_is_put_off_goes_aside_and_several_are_completed_at_once(enter: Enter) -> None:
    worker = enter("akhmetov")
    for title in ("Позвонить поставщику", "Сверить акты", "Заказать пропуск"):
        give(worker, title)
    worker.open("Позвонить поставщику")
    worker.detail.get_by_role("button", name="Отложить", exact=True).click()
    worker.page.get_by_role("menuitem", name=re.compile("До завтрашнего утра")).click()
    worker.go("/inbox/")
    lines = worker.page.locator("#inbox-lines")
    expect(lines.get_by_role("heading", name=re.compile("Отложено"))).to_be_visible()
    for title in ("Сверить акты", "Заказать пропуск"):
        lines.get_by_label(f"Отметить: {title}").check(force=True)
    worker.page.locator("#inbox-chosen").get_by_role("button", name="Завершить", exact=True).click()
    expect(worker.page.locator("#inbox-chosen")).to_contain_text("Готовы 2 строки")
    worker.go("/inbox/?kind=task")
    expect(lines).not_to_contain_text("Сверить акты")
    expect(lines).to_contain_text("Позвонить поставщику")


def test_a_bar_of_the_timeline_is_moved_by_keys(enter: Enter) -> None:
    worker = enter("petrov")
    give(worker, "Проверить щит")
    worker.go("/tasks/gantt?view=mine")
    bar = worker.page.locator(".gantt-bar", has_text="Проверить щит")
    before = int(bar.locator("rect").first.get_attribute("width") or 0)
    bar.focus()
    with worker.page.expect_response(re.compile("/plan")) as told:
        worker.page.keyboard.press("Shift+ArrowRight")
        worker.page.keyboard.press("Shift+ArrowRight")
    assert told.value.status == 204
    worker.go("/tasks/gantt?view=mine")
    after = int(bar.locator("rect").first.get_attribute("width") or 0)
    assert after - before == 2 * int(worker.page.locator("potok-gantt").get_attribute("data-day") or 0)
