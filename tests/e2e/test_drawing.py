"""A process is drawn from an empty canvas, by the mouse and by the keyboard alone, published, started and answered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.actor import Actor

axe = pytest.importorskip("axe_playwright_python.base")

Enter = Callable[[str], Actor]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Drawing:
    """The designer of an actor."""

    def __init__(self, actor: Actor, title: str, *, record: str = "") -> None:
        self.actor, self.page = actor, actor.page
        actor.go("/definitions/draw")
        self.page.locator("input[name=title]").fill(title)
        if record:
            self.page.locator("select[name=record]").select_option(label=record)
        self.page.locator("main form button[type=submit].pri").click()
        self.page.wait_for_url("**/drawing")
        expect(self.page.locator(".designer-canvas svg.dg")).to_be_visible()

    @property
    def form(self) -> Locator:
        return self.page.locator(".block-form")

    def step(self, path: str) -> Locator:
        return self.page.locator(f"[data-path='{path}']")

    def drag(self, block: str, slot: str) -> None:
        """Drag a block from the palette to a place in the chain."""
        self._carry(self.page.locator(f"[data-kind='{block}']"), slot)
        expect(self.step(slot)).to_be_visible()

    def drag_step(self, path: str, slot: str) -> None:
        self._carry(self.step(path), slot)

    def _carry(self, held: Locator, slot: str) -> None:
        held.scroll_into_view_if_needed()
        place = self.page.locator(f"[data-slot='{slot}']")
        place.evaluate("each => each.scrollIntoView({block: 'center', inline: 'center'})")
        start, goal = held.bounding_box(), place.bounding_box()
        assert start
        assert goal
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(goal["x"] + goal["width"] / 2 + 20, goal["y"] + 12, steps=4)
        mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + goal["height"] / 2, steps=4)
        expect(place).to_have_class(re.compile("aim"))
        mouse.up()

    def pick(self, label: str, typed: str) -> None:
        """Choose a person."""
        self.form.get_by_label(label, exact=True).fill(typed)
        self.page.get_by_role("option", name=re.compile(typed)).first.click()

    def write(self, label: str, text: str) -> None:
        self.form.get_by_role("textbox", name=label, exact=True).click()
        self.page.keyboard.type(text)

    def is_clean(self) -> None:
        expect(self.page.locator("[data-state=saved]")).to_be_visible()
        expect(self.page.locator(".checks")).to_contain_text("Всё в порядке")

    def publish(self) -> str:
        """Publish, and give the page of the definition."""
        self.page.get_by_role("button", name="Опубликовать").click()
        self.page.get_by_label("Что изменилось").fill("Первая версия")
        self.page.get_by_role("dialog").get_by_role("button", name="Опубликовать").click()
        self.page.wait_for_url(re.compile(r"/definitions/\d+/$"))
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def start(self, definition: str) -> None:
        self.actor.go(f"{definition}start")
        self.page.get_by_role("button", name=re.compile("Запустить|Начать")).last.click()
        self.page.wait_for_url("**/instances/**")

    def undo_until_empty(self) -> int:
        """Take everything back, then do it again; how many steps it were."""
        undo, redo = (self.page.get_by_role("button", name=name, exact=True) for name in ("Отменить", "Повторить"))
        count = 0
        while undo.is_enabled():
            undo.click()
            count += 1
        expect(self.page.locator(".step")).to_have_count(0)
        for _ in range(count):
            redo.click()
        return count


def complained(page: Page) -> list[str]:
    """What axe finds on the page."""
    page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def test_a_process_is_drawn_by_the_mouse_and_carried_out(enter: Enter) -> None:
    owner, head = enter("sheremeteva"), enter("gromov")
    drawing = Drawing(owner, "Согласование отпуска")
    drawing.drag("approve", "do.0")
    drawing.form.get_by_label("Название на схеме").fill("Согласует руководитель")
    drawing.pick("Кто утверждает", "Громов")
    drawing.write("Название", "Отпуск просит ")
    owner.page.keyboard.press("{")
    owner.page.keyboard.type("кто запустил")
    owner.page.keyboard.press("Enter")
    expect(drawing.form.locator(".rich .val")).to_have_text("Кто запустил процесс")

    drawing.drag("condition", "do.1")
    drawing.step("do.1.if.0").click()
    row = drawing.form.locator(".condition-row select")
    row.nth(0).select_option("{=approve_1:approved}")
    row.nth(2).select_option("true")
    expect(drawing.step("do.1.if.0")).to_contain_text("Согласовано = да")

    # First beside the condition, then into its branch.
    drawing.drag("notify_person", "do.2")
    drawing.pick("Кому", "Шереметьева")
    drawing.write("Текст", "Отпуск согласован")
    drawing.drag_step("do.2", "do.1.if.0.do.0")
    expect(drawing.step("do.1.if.0.do.0")).to_be_visible()
    drawing.is_clean()

    assert drawing.undo_until_empty() > 5
    drawing.is_clean()
    drawing.start(drawing.publish())
    head.open("Отпуск просит Наталья Шереметьева")
    head.press("Утвердить|Согласовать")
    owner.page.reload()
    expect(owner.page.get_by_text("Процесс пройден до конца").first).to_be_visible()


def test_a_process_is_drawn_by_the_keyboard_alone(enter: Enter) -> None:
    owner = enter("sheremeteva")
    drawing = Drawing(owner, "Отчёт за неделю")
    keys = owner.page.keyboard
    # The focus stands at the first place of the canvas.
    keys.press("Enter")
    keys.type("поставить задачу")
    keys.press("Enter")
    expect(drawing.step("do.0")).to_be_focused()
    keys.press("Enter")
    keys.type("Отчёт")
    keys.press("Tab")
    keys.press("Tab")
    expect(drawing.form.get_by_role("textbox", name="Название", exact=True)).to_be_focused()
    keys.type("Подготовить отчёт")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("Тихонов")
    expect(owner.page.get_by_role("option", name=re.compile("Тихонов")).first).to_be_visible()
    keys.press("Enter")
    keys.press("Escape")
    expect(drawing.step("do.0")).to_be_focused()

    # A pause behind it goes up by Alt ↑ and down again; a copy of it is pasted and deleted.
    keys.press("a")
    keys.type("пауза")
    keys.press("Enter")
    expect(drawing.step("do.1")).to_be_focused()
    keys.press("Alt+ArrowUp")
    expect(drawing.step("do.1")).to_contain_text("Отчёт")
    keys.press("Alt+ArrowDown")
    expect(drawing.step("do.0")).to_contain_text("Отчёт")
    keys.press("Control+c")
    keys.press("Control+v")
    expect(drawing.step("do.2")).to_be_visible()
    keys.press("Delete")
    expect(drawing.step("do.2")).to_have_count(0)
    drawing.is_clean()
    drawing.start(drawing.publish())
    expect(owner.page.get_by_text("Отчёт").first).to_be_visible()


def test_the_list_does_what_the_canvas_does(enter: Enter) -> None:
    owner = enter("sheremeteva")
    drawing = Drawing(owner, "Список дел")
    owner.page.get_by_role("button", name="Список").click()
    lines = owner.page.get_by_role("treeitem")
    lines.first.focus()
    keys = owner.page.keyboard
    for block in ("цикл", "пауза"):
        keys.press("a")
        keys.type(block)
        keys.press("Enter")
        expect(lines.filter(has_text=re.compile(block, re.IGNORECASE))).to_be_focused()
    keys.press("Alt+ArrowUp")
    expect(drawing.step("do.0.do.0")).to_have_attribute("aria-level", "2")
    expect(owner.page.locator(".designer .said")).to_contain_text("Перемещено: Пауза")
    keys.press("ArrowLeft")
    expect(lines.filter(has_text="Цикл")).to_be_focused()
    assert complained(owner.page) == []


def test_a_block_is_given_to_a_role(enter: Enter) -> None:
    owner = enter("sheremeteva")
    drawing, page = Drawing(owner, "Заявки"), owner.page
    drawing.drag("approve", "do.0")
    page.locator("[data-face=settings]").click()
    page.get_by_label("Новая роль").fill("Диспетчер")
    page.keyboard.press("Enter")
    page.locator("[data-face=diagram]").click()
    drawing.step("do.0").click()
    drawing.form.get_by_label("Кто утверждает", exact=True).press("{")
    page.keyboard.type("диспетчер")
    page.keyboard.press("Enter")
    expect(drawing.form.locator(".whom-field .val")).to_contain_text("Диспетчер")
    # The role stands for nobody yet: the line of the check leads to the settings, where that is mended.
    page.locator(".checks-line").filter(has_text="Никто не назван").click()
    expect(page.locator("[data-face=settings]")).to_have_attribute("aria-current", "true")


def test_nothing_drawn_is_lost_with_the_connection(enter: Enter) -> None:
    owner = enter("sheremeteva")
    drawing = Drawing(owner, "Без связи")
    owner.page.route("**/draft", lambda route: route.abort())
    drawing.drag("pause", "do.0")
    expect(owner.page.locator("[data-state=offline]")).to_contain_text("Нет связи")
    owner.complaints.clear()
    owner.page.reload()
    expect(drawing.step("do.0")).to_be_visible()
    expect(owner.page.locator("[data-state=offline]")).to_be_visible()
    owner.page.unroute("**/draft")
    drawing.step("do.0").click()
    drawing.form.get_by_label("Название на схеме").fill("Подождать")
    drawing.is_clean()
    owner.complaints.clear()


def test_two_who_draw_join_what_they_have_made(enter: Enter) -> None:
    first, second = enter("sheremeteva"), enter("sheremeteva")
    drawing = Drawing(first, "Вдвоём")
    drawing.drag("pause", "do.0")
    drawing.drag("terminate", "do.1")
    expect(first.page.locator("[data-state=saved]")).to_be_visible()
    second.go(re.sub(r"^https?://[^/]+", "", first.page.url))
    second.page.locator("[data-path='do.1']").click()
    drawing.step("do.0").click()
    drawing.form.get_by_label("Название на схеме").fill("Отдых")
    expect(first.page.locator("[data-state=saved]")).to_be_visible()
    # The other one hears of it at once, and is asked to join when he draws on.
    expect(second.page.locator(".designer-notice")).to_contain_text("Шереметьева")
    second.page.locator(".block-form").get_by_label("Название на схеме").fill("Конец истории")
    second.page.get_by_role("button", name="Объединить").click()
    for step, title in (("do.0", "Отдых"), ("do.1", "Конец истории")):
        expect(second.page.locator(f"[data-path='{step}']")).to_contain_text(title)
    expect(second.page.locator("[data-state=saved]")).to_be_visible()
    second.complaints.clear()
