"""The feed in Chromium: one writes something important, the other hears of it, reads, answers; a draft is kept."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from potok.kit import ids
from tests.e2e.actor import Actor

axe = pytest.importorskip("axe_playwright_python.base")
Enter = Callable[..., Actor]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def complaints(page: Page) -> list[str]:
    page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def test_what_one_writes_the_other_reads_and_answers(enter: Enter) -> None:
    mark = ids.new_key()[:8]
    writer = enter("gromov")
    reader = enter("tikhonov")
    reader.go("/feed/")
    writer.go("/feed/")
    text = writer.page.get_by_label("Написать коллегам", exact=True)
    text.fill(f"Сверка {mark} до пятницы, @Игорь Тихонов")
    writer.page.get_by_text("Важное: попросить всех ознакомиться").click()
    writer.page.get_by_role("button", name="Опубликовать").click()
    expect(writer.page.locator("article").filter(has_text=mark)).to_contain_text("кому: Все")

    reader.page.get_by_role("link", name=re.compile("нов.*Показать")).click()
    post = reader.page.locator("article").filter(has_text=mark)
    expect(post).to_contain_text("новое")
    post.get_by_role("button", name="Ознакомлен").click()
    expect(post).to_contain_text("Ознакомился 1 человек")
    post.get_by_role("button", name="Спасибо").click()
    expect(post.get_by_role("button", name="Спасибо, 1")).to_be_visible()
    post.get_by_label("Комментарий").fill(f"Успею {mark}")
    post.get_by_role("button", name="Отправить").click()
    expect(writer.page.locator("article").filter(has_text=f"Успею {mark}")).to_be_visible()
    assert complaints(reader.page) == []

    writer.page.locator("article").filter(has_text=mark).get_by_role("link", name="Ознакомился 1 человек").click()
    expect(writer.page.get_by_role("button", name="Напомнить им")).to_be_visible()
    assert complaints(writer.page) == []


def test_what_was_typed_and_not_sent_stands_there_again(enter: Enter) -> None:
    mark = ids.new_key()[:8]
    writer = enter("sokolova", viewport={"width": 390, "height": 844})
    writer.go("/feed/")
    text = writer.page.get_by_label("Написать коллегам", exact=True)
    with writer.page.expect_response(re.compile("/feed/draft")):
        text.fill(f"Черновик {mark}")
    writer.go("/feed/")
    expect(text).to_have_value(f"Черновик {mark}")
