"""Many records changed at once with a preview and the way back (B7, B8), views that are kept (B9), and one data set in
every layout (B10): in Chromium, on deals of one's own."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.e2e.actor import Actor
from tests.e2e.test_every_page import complaints
from tests.e2e.test_list_cells import COLUMNS, DESK, cell, make
from tests.e2e.test_lists import PHONE

Enter = Callable[..., Actor]


def test_all_by_the_filter_change_after_a_preview_and_come_back(enter: Enter) -> None:
    head = enter("gromov", **DESK)
    page = head.page
    for number in (1, 2, 3):
        make(head, f"Разом {number}")
    head.go(f"/deals/?view=all&columns={COLUMNS}&sort=title&q=Разом")
    page.locator("[data-row] input.tick").first.check()
    page.locator("#bulk-bar").get_by_role("button", name="все 3 по фильтру").click()
    bar = page.locator("#bulk-bar")
    expect(bar).to_contain_text("Все 3 по фильтру")
    bar.get_by_label("Поле", exact=True).select_option("comment")
    bar.locator("[name='comment']").fill("разом")
    expect(page.locator("#bulk-preview")).to_have_text("Изменится у 3")
    page.locator("[data-preview]").click()
    expect(page.locator("#bulk-lines tbody tr")).to_have_count(3)
    assert complaints(page) == []
    expect(cell(page, 0, "comment")).not_to_contain_text("разом")
    bar.get_by_role("button", name="Применить").click()
    for row in range(3):
        expect(cell(page, row, "comment")).to_have_text("разом")
    undo(page, "Изменено: 3 записи")
    for row in range(3):
        expect(cell(page, row, "comment")).not_to_contain_text("разом")


def test_a_change_is_taken_back_from_the_history_of_its_record(enter: Enter) -> None:
    head = enter("gromov", **DESK)
    page = head.page
    make(head, "Обратно из истории")
    card = page.url.partition("?")[0]
    head.go(f"/deals/?view=all&columns={COLUMNS}&q=Обратно из истории")
    cell(page, 0, "amount").click()
    page.keyboard.press("F2")
    cell(page, 0, "amount").locator("input").first.fill("4300")
    page.keyboard.press("Enter")
    expect(cell(page, 0, "amount")).to_have_text(re.compile("4.300"))
    head.go(f"{card}?tab=history")
    line = page.locator(".history tr", has_text="Сумма")
    expect(line).to_contain_text("Павел Громов")
    expect(line).to_contain_text(re.compile("4.300"))
    line.get_by_role("button", name="Вернуть как было: Сумма").click()
    expect(page.get_by_text("Как было: Сумма")).to_be_visible()
    expect(page.locator(".record-head")).not_to_contain_text(re.compile("4.300"))


def test_a_view_keeps_what_is_shown_and_says_what_was_not_saved(enter: Enter) -> None:
    head = enter("gromov", **DESK)
    page = head.page
    head.go(f"/deals/?view=all&columns={COLUMNS}&sort=-amount")
    page.get_by_role("button", name="Сохранить как").click()
    named = page.get_by_role("dialog", name="Сохранить вид")
    named.get_by_label("Название").fill("Крупные сначала")
    assert complaints(page) == []
    named.get_by_role("button", name="Сохранить").click()
    tab = page.locator(".viewbar a", has_text="Крупные сначала")
    expect(tab).to_have_attribute("aria-current", "true")
    expect(tab.locator(".changed-dot")).to_have_count(0)
    assert columns(page) == COLUMNS.split(",")
    kept = page.url
    page.locator("th[data-column='title'] a").first.click()
    expect(tab.locator(".changed-dot")).to_be_visible()
    # Whoever is given the address sees the same, saved or not.
    shared = page.url
    assert "sort" in parse_qs(urlsplit(shared).query)
    page.get_by_role("link", name="Сбросить").click()
    expect(tab.locator(".changed-dot")).to_have_count(0)
    head.go("/tasks/")
    head.go(shared)
    expect(tab.locator(".changed-dot")).to_be_visible()
    head.go(kept)
    page.get_by_role("button", name="Убрать вид").click()
    expect(tab).to_have_count(0)


def test_what_is_looked_for_stays_in_every_layout(enter: Enter) -> None:
    head = enter("gromov", **DESK)
    page = head.page
    make(head, "Во всех видах")
    head.go("/deals/?view=all&q=Во всех видах")
    layouts = page.locator(".viewbar .seg a")
    expect(layouts).to_have_count(4)
    for place in range(4):
        layouts.nth(place).click()
        expect(layouts.nth(place)).to_have_attribute("aria-current", "true")
        expect(page.get_by_label("Найти в списке")).to_have_value("Во всех видах")
        if "/calendar" not in page.url:  # where only what has its day is shown
            expect(page.locator("#content").get_by_role("link", name="Во всех видах").first).to_be_visible()
        assert parse_qs(urlsplit(page.url).query)["q"] == ["Во всех видах"]
        assert complaints(page) == []


def test_on_a_phone_the_timescale_opens_where_today_is(enter: Enter) -> None:
    head = enter("gromov", **PHONE)
    head.go("/deals/timeline?view=all")
    expect(head.page.locator(".today-line")).to_be_in_viewport()
    assert complaints(head.page) == []


def columns(page: Page) -> list[str]:
    heads = page.locator("th[data-column]").evaluate_all("all => all.map(one => one.dataset.column)")
    return [str(one) for one in heads]


def undo(page: Page, said: str) -> None:
    page.locator("potok-toasts .toast", has_text=said).get_by_role("button", name="Отменить").click()
