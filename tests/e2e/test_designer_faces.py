"""Every face of the designer reads for everybody, with what it opens; nothing drawn is lost, whatever happens."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.actor import Actor
from tests.e2e.test_drawing import Drawing
from tests.e2e.test_every_page import DESK, PHONE, complaints

Enter = Callable[..., Actor]
# What stands in a face and opens its form.
CHOSEN = ".step, [role=treeitem], .status-step button, [data-stage]"


@pytest.mark.parametrize("window", [DESK, PHONE], ids=["desk by day", "phone by night"])
@pytest.mark.parametrize("definition", ["Контроль оказания услуг", "Мониторинг потерянных клиентов"])
def test_every_face_reads_for_everybody(enter: Enter, definition: str, window: dict[str, Any]) -> None:
    owner = enter("sheremeteva", **window)
    page = opened(owner, definition)
    faces = page.locator("[data-face]").evaluate_all("all => all.map(each => each.dataset.face)")
    assert "settings" in faces
    for face in faces:
        page.locator(f"[data-face={face}]").click()
        expect(page.locator(f"[data-face={face}]")).to_have_attribute("aria-current", "true")
        assert (face, complaints(page)) == (face, [])
        if face != "settings" and window is DESK:
            page.locator(CHOSEN).first.click()
            assert (face, "chosen", complaints(page)) == (face, "chosen", [])
    page.get_by_role("button", name="Опубликовать").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert complaints(page) == []


def test_the_same_block_of_two_who_draw_is_taken_over_or_left(enter: Enter) -> None:
    first, second = enter("sheremeteva"), enter("sheremeteva")
    drawing = Drawing(first, "Один блок на двоих")
    drawing.drag("pause", "do.0")
    expect(first.page.locator("[data-state=saved]")).to_be_visible()
    second.go(first.page.url)
    second.page.locator("[data-path='do.0']").click()
    title = second.page.locator(".block-form").get_by_label("Название на схеме")
    expect(title).to_be_visible()
    # Cut off from the others, he draws over the same block.
    second.page.route("**/draft", lambda route: route.abort())
    title.fill("Пауза второго")
    expect(second.page.locator("[data-state=offline]")).to_be_visible()
    drawing.step("do.0").click()
    drawing.form.get_by_label("Название на схеме").fill("Пауза первой")
    expect(first.page.locator("[data-state=saved]")).to_be_visible()
    second.page.unroute("**/draft")
    title.fill("Пауза второго сотрудника")
    second.page.get_by_role("dialog").get_by_role("button", name="Оставить мои", exact=True).click()
    expect(second.page.locator("[data-state=saved]")).to_be_visible()
    expect(second.page.locator("[data-path='do.0']")).to_contain_text("Пауза второго")
    for each in (first, second):
        each.complaints.clear()


def test_a_browser_that_is_closed_in_the_middle_loses_nothing(enter: Enter) -> None:
    owner = enter("sheremeteva")
    drawing = Drawing(owner, "Закрыли окно")
    drawing.drag("pause", "do.0")
    expect(owner.page.locator("[data-state=saved]")).to_be_visible()
    address = owner.page.url
    owner.page.route("**/draft", lambda route: route.abort())
    drawing.form.get_by_label("Название на схеме").fill("Не успели сохранить")
    owner.page.close(run_before_unload=False)
    owner.page = owner.context.new_page()
    owner.page.goto(address)
    expect(owner.page.locator("[data-path='do.0']")).to_contain_text("Не успели сохранить")
    owner.complaints.clear()


def test_a_block_that_is_not_here_any_more_is_shown_told_and_kept(enter: Enter) -> None:
    owner = enter("sheremeteva")
    drawing = Drawing(owner, "Чужой блок")
    drawing.drag("pause", "do.0")
    expect(owner.page.locator("[data-state=saved]")).to_be_visible()
    home = owner.page.url.removesuffix("drawing")
    owner.go(home)
    owner.page.wait_for_load_state("networkidle")
    text = owner.page.locator("textarea[name=source]")
    with owner.page.expect_response("**/definitions/check"):
        text.fill(text.input_value().partition("do:")[0] + "do:\n- block: fax_send\n  with: {number: '74951234567'}\n")
    owner.go(f"{home}drawing")
    expect(drawing.step("do.0")).to_be_visible()
    expect(owner.page.locator(".checks")).to_contain_text("fax_send")
    drawing.drag("pause", "do.1")
    expect(owner.page.locator("[data-state=saved]")).to_be_visible()
    owner.go(home)
    expect(text).to_have_value(re.compile("fax_send[^§]*74951234567"))


def opened(actor: Actor, definition: str) -> Page:
    """Open the drawing of a definition of the demo company."""
    actor.go("/definitions/")
    actor.page.get_by_role("link", name=definition).first.click()
    actor.page.wait_for_load_state("networkidle")
    if not actor.page.url.endswith("drawing"):
        actor.page.locator("a[href$='/drawing']").first.click()
    expect(actor.page.locator("[data-face=settings]")).to_be_visible()
    return actor.page
